import type { ReactNode } from "react";
import type { MailPoster } from "@/lib/domain/mail";
import type { MailWords } from "@/lib/domain/mail-words";
import type { Palette } from "../palette";
import { Poster } from "./poster";
import { Table } from "./table";

/** Poster at the left and words beside it; under 480 px the poster stands above them. */
export function TitleCard({
  poster,
  title,
  words,
  palette,
  children,
}: {
  poster: MailPoster | null;
  title: string;
  words: MailWords;
  palette: Palette;
  children: ReactNode;
}) {
  return (
    <tr>
      <td className="pad" style={{ padding: "28px 28px 26px" }}>
        <Table width="100%">
          <tr>
            <td className="col" width={148} valign="top" style={{ width: 148 }}>
              <Poster poster={poster} title={title} words={words} palette={palette} />
            </td>
            <td className="col under" valign="top" style={{ paddingLeft: 24 }}>
              {children}
            </td>
          </tr>
        </Table>
      </td>
    </tr>
  );
}
