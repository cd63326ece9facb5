import type { Palette } from "../palette";
import { SectionHead } from "./section-head";
import { painted, Table } from "./table";
import { type } from "./type";

const tallest = 70;

/** Standing bars made of table cells, which every mail program draws; the number stands above each. */
export function DayBars({
  heading,
  days,
  palette,
}: {
  heading: string;
  days: readonly { label: string; count: number }[];
  palette: Palette;
}) {
  const { accent, light } = palette;
  const most = Math.max(1, ...days.map(({ count }) => count));
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 26px" }}>
        <SectionHead text={heading} palette={palette} />
        <Table width="100%">
          <tr>
            {days.map(({ count }, index) => {
              const height = Math.round((count / most) * tallest);
              const key = `${index}`;
              return (
                <td
                  key={key}
                  width="14%"
                  align="center"
                  valign="bottom"
                  height={tallest + 26}
                  style={{ padding: "0 5px" }}
                >
                  <div className="mut" style={type(13, 18, light.muted)}>
                    {count}
                  </div>
                  {height > 0 ? (
                    <Table width="100%">
                      <tr>
                        <td
                          className="b1"
                          {...painted(accent)}
                          height={height}
                          style={{
                            background: accent,
                            height,
                            lineHeight: "1px",
                            fontSize: 1,
                            borderRadius: "4px 4px 0 0",
                          }}
                        >
                          {"\u00a0"}
                        </td>
                      </tr>
                    </Table>
                  ) : null}
                </td>
              );
            })}
          </tr>
          <tr>
            {days.map(({ label }) => (
              <td
                key={label}
                className="line sub"
                align="center"
                style={{
                  ...type(13, 18, light.subtle),
                  borderTop: `1px solid ${light.line}`,
                  paddingTop: 6,
                }}
              >
                {label}
              </td>
            ))}
          </tr>
        </Table>
      </td>
    </tr>
  );
}
