import type { MailPoster } from "@/lib/domain/mail";
import { clampLine, initials } from "@/lib/domain/mail-characters";
import type { MailWords } from "@/lib/domain/mail-words";
import type { Palette } from "../palette";
import { Img } from "../react-email";
import { pictureAddress } from "../web-address";
import { painted, Table } from "./table";
import { type } from "./type";

const width = 148;
const height = 222;

/** A poster in its 2:3 box; without one, or while pictures are blocked, a quiet tile of the same size. */
export function Poster({
  poster,
  title,
  words,
  palette: { light },
}: {
  poster: MailPoster | null;
  title: string;
  words: MailWords;
  palette: Palette;
}) {
  const src = pictureAddress(poster?.src ?? null);
  const box = { width, height, borderRadius: 8, background: light.soft };
  if (poster && src) {
    return (
      <Img
        src={src}
        alt={clampLine(poster.alt ?? words.posterOf(title), 120)}
        width={width}
        height={height}
        // Low priority keeps React from adding a preload link, which mail programs make nothing of.
        fetchPriority="low"
        className="poster soft mut"
        style={{ ...type(14, 20, light.muted), ...box, objectFit: "cover" }}
      />
    );
  }
  return (
    <Table width={width} className="poster soft" style={box}>
      <tr>
        <td
          className="poster soft sub"
          {...painted(light.soft)}
          align="center"
          valign="middle"
          width={width}
          height={height}
          aria-hidden="true"
          style={{ ...type(40, 48, light.subtle, 600), ...box, letterSpacing: "-.5px" }}
        >
          {initials(title)}
        </td>
      </tr>
    </Table>
  );
}
