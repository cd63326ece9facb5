import type { Palette } from "../palette";
import { Table } from "./table";
import { type, wrapping } from "./type";

/** Label and value, one per line under hairlines, as a row of the card. */
export function FactRows({
  rows,
  palette: { light },
}: {
  rows: readonly (readonly [label: string, value: string])[];
  palette: Palette;
}) {
  const edge = { borderTop: `1px solid ${light.line}`, padding: "11px 0" };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 12px" }}>
        <Table width="100%">
          {rows.map(([label, value]) => (
            <tr key={label}>
              <td
                className="line sub"
                width={92}
                valign="top"
                style={{ ...type(14, 22, light.subtle), ...edge, width: 92 }}
              >
                {label}
              </td>
              <td
                className="line ink"
                valign="top"
                style={{ ...type(15, 22, light.ink), ...wrapping(value), ...edge }}
              >
                {value}
              </td>
            </tr>
          ))}
        </Table>
      </td>
    </tr>
  );
}
