import type { ReactNode } from "react";
import type { Palette } from "../palette";
import { Heading } from "../react-email";
import { type, wrapping } from "./type";

function titleSize(title: string): { size: number; lineHeight: number } {
  if (title.length <= 44) return { size: 27, lineHeight: 33 };
  return title.length <= 90 ? { size: 22, lineHeight: 28 } : { size: 18, lineHeight: 24 };
}

/**
 * Kicker, title, the facts under it and one sentence; long titles are set smaller. Children follow below; where the
 * sentence comes after them it is one of them.
 */
export function Headline({
  kicker,
  title,
  detail,
  sentence,
  palette: { light },
  children,
}: {
  kicker: string;
  title: string;
  detail?: string;
  sentence?: string;
  palette: Palette;
  children?: ReactNode;
}) {
  const { size, lineHeight } = titleSize(title);
  return (
    <>
      <div className="mut" style={type(14, 20, light.muted, 600)}>
        {kicker}
      </div>
      <Heading
        as="h1"
        dir="auto"
        className="ink"
        style={{
          ...type(size, lineHeight, light.ink, 700),
          ...wrapping(title),
          margin: "4px 0 0",
          letterSpacing: "-.3px",
          textAlign: "left",
        }}
      >
        {title}
      </Heading>
      {detail ? (
        <div className="mut" style={{ ...type(16, 24, light.muted), paddingTop: 6 }}>
          {detail.replaceAll(" · ", " \u00a0·\u00a0 ")}
        </div>
      ) : null}
      {sentence ? (
        <div
          className="ink"
          style={{ ...type(16, 25, light.ink), ...wrapping(sentence), paddingTop: 12 }}
        >
          {sentence}
        </div>
      ) : null}
      {children}
    </>
  );
}
