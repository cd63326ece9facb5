import type { Palette } from "../palette";
import { SectionHead } from "./section-head";
import { Table } from "./table";
import { type, wrapping } from "./type";

/** A small table under a heading: what, more about it, how much. */
export function ThreeColumns({
  heading,
  rows,
  palette,
}: {
  heading: string;
  rows: readonly (readonly [first: string, second: string, third: string])[];
  palette: Palette;
}) {
  const { light } = palette;
  const edge = { borderTop: `1px solid ${light.line}` };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 26px" }}>
        <SectionHead text={heading} palette={palette} />
        <Table width="100%">
          {rows.map(([first, second, third]) => (
            <tr key={`${first} ${second} ${third}`}>
              <td
                className="line ink"
                dir="auto"
                valign="top"
                style={{
                  ...type(15, 21, light.ink),
                  // With nothing beside it there is room for all of it on one line.
                  ...(second === "" ? { whiteSpace: "nowrap" as const } : wrapping(first)),
                  ...edge,
                  padding: "9px 0",
                }}
              >
                {first}
              </td>
              <td
                className="line mut"
                dir="auto"
                valign="top"
                style={{
                  ...type(14, 21, light.muted),
                  ...wrapping(second),
                  ...edge,
                  padding: "9px 12px",
                }}
              >
                {second}
              </td>
              <td
                className="line ink"
                align="right"
                valign="top"
                style={{
                  ...type(14, 21, light.ink),
                  ...edge,
                  padding: "9px 0",
                  whiteSpace: "nowrap",
                }}
              >
                {third}
              </td>
            </tr>
          ))}
        </Table>
      </td>
    </tr>
  );
}
