import type { Palette } from "../palette";
import { Table } from "./table";
import { type } from "./type";

/** Up to four large figures side by side; on a phone one under the other. */
export function Figures({
  figures,
  palette: { light },
}: {
  figures: readonly { value: string; words: string; note: string }[];
  palette: Palette;
}) {
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 16px" }}>
        <Table width="100%">
          <tr>
            {figures.map(({ value, words, note }) => (
              <td
                key={words}
                className="col"
                width={`${Math.floor(100 / figures.length)}%`}
                valign="top"
                style={{ padding: "0 12px 10px 0" }}
              >
                <div
                  className="ink"
                  style={{ ...type(28, 34, light.ink, 700), letterSpacing: "-.4px" }}
                >
                  {value}
                </div>
                <div className="mut" style={type(14, 19, light.muted)}>
                  {words}
                </div>
                <div className="sub" style={type(13, 18, light.subtle)}>
                  {note}
                </div>
              </td>
            ))}
          </tr>
        </Table>
      </td>
    </tr>
  );
}
