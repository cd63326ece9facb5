import type { Palette } from "../palette";
import { Table } from "./table";
import { type, wrapping } from "./type";

const shortLabel = 12;

/** Label and value, one per line under hairlines, as a row of the card; long labels get a wider column. */
export function FactRows({
  rows,
  more = null,
  palette: { light },
}: {
  rows: readonly (readonly [label: string, value: string])[];
  /** How many rows are left out, in words. */
  more?: string | null;
  palette: Palette;
}) {
  const width = rows.every(([label]) => label.length <= shortLabel) ? 92 : 156;
  const edge = { borderTop: `1px solid ${light.line}`, padding: "11px 0" };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 12px" }}>
        <Table width="100%">
          {rows.map(([label, value], index) => {
            const key = `${index}`;
            return (
              <tr key={key}>
                <td
                  className="line sub"
                  width={width}
                  valign="top"
                  style={{
                    ...type(14, 22, light.subtle),
                    ...wrapping(label),
                    ...edge,
                    paddingRight: 12,
                    width,
                  }}
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
            );
          })}
          {more ? (
            <tr>
              <td
                className="line mut"
                colSpan={2}
                style={{ ...type(15, 22, light.muted), ...edge }}
              >
                {more}
              </td>
            </tr>
          ) : null}
        </Table>
      </td>
    </tr>
  );
}
