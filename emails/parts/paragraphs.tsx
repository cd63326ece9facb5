import type { Palette } from "../palette";
import { type, wrapping } from "./type";

/** Further paragraphs below a headline's sentence. */
export function Paragraphs({
  lines,
  palette: { light },
}: {
  lines: readonly string[];
  palette: Palette;
}) {
  return lines.map((line, index) => {
    const key = `${index}`;
    return (
      <div
        key={key}
        className="mut"
        style={{ ...type(15, 24, light.muted), ...wrapping(line), paddingTop: 10 }}
      >
        {line}
      </div>
    );
  });
}
