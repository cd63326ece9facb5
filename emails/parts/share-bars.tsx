import type { Palette } from "../palette";
import { SectionHead } from "./section-head";
import { painted, Table } from "./table";
import { type, wrapping } from "./type";

/** Lying bars: a name, a bar as long as its share of the largest, the number. */
export function ShareBars({
  heading,
  rows,
  palette,
}: {
  heading: string;
  rows: readonly { label: string; count: number }[];
  palette: Palette;
}) {
  const { accent, light } = palette;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 26px" }}>
        <SectionHead text={heading} palette={palette} />
        <Table width="100%">
          {rows.map(({ label, count }) => {
            const share = Math.max(2, Math.round((count / most) * 100));
            return (
              <tr key={label}>
                <td
                  className="ink"
                  width={160}
                  style={{
                    ...type(14, 20, light.ink),
                    ...wrapping(label),
                    padding: "5px 12px 5px 0",
                    width: 160,
                  }}
                >
                  {label}
                </td>
                <td style={{ padding: "5px 0" }}>
                  <Table width="100%">
                    <tr>
                      <td
                        className="b1"
                        {...painted(accent)}
                        height={12}
                        style={{
                          background: accent,
                          width: `${share}%`,
                          height: 12,
                          lineHeight: "1px",
                          fontSize: 1,
                          borderRadius: 3,
                        }}
                      >
                        {"\u00a0"}
                      </td>
                      {share < 100 ? (
                        <td style={{ lineHeight: "1px", fontSize: 1 }}>{"\u00a0"}</td>
                      ) : null}
                    </tr>
                  </Table>
                </td>
                <td
                  className="ink"
                  align="right"
                  width={44}
                  style={{ ...type(14, 20, light.ink), padding: "5px 0 5px 12px", width: 44 }}
                >
                  {count}
                </td>
              </tr>
            );
          })}
        </Table>
      </td>
    </tr>
  );
}
