import type { Palette } from "../palette";
import { Table } from "./table";
import { type, wrapping } from "./type";

/** A paragraph under a hairline, over the whole width of the card. */
export function Prose({ text, palette: { light } }: { text: string; palette: Palette }) {
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 24px" }}>
        <Table width="100%">
          <tr>
            <td
              className="line mut"
              dir="auto"
              align="left"
              style={{
                ...type(15, 24, light.muted),
                ...wrapping(text),
                borderTop: `1px solid ${light.line}`,
                paddingTop: 18,
              }}
            >
              {text}
            </td>
          </tr>
        </Table>
      </td>
    </tr>
  );
}
