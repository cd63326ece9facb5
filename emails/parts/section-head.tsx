import type { Palette } from "../palette";
import { Heading } from "../react-email";
import { type } from "./type";

/** Head of a part of a longer mail. */
export function SectionHead({ text, palette: { light } }: { text: string; palette: Palette }) {
  return (
    <Heading as="h2" className="ink" style={{ ...type(16, 24, light.ink, 700), margin: "0 0 8px" }}>
      {text}
    </Heading>
  );
}
