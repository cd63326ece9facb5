import type { Palette } from "../palette";
import { painted, Table } from "./table";
import { type, wrapping } from "./type";

export type Step = { words: string; detail: string | null };

const doneFill = "#1b8a66";
const side = 22;

/** Three steps: the first is done, the second under way, the third to come. */
export function Steps({ steps, palette }: { steps: readonly Step[]; palette: Palette }) {
  const { light, accent, onAccent } = palette;
  return (
    <div style={{ paddingTop: 14 }}>
      <Table>
        {steps.map(({ words, detail }, index) => {
          const isNow = index === 1;
          const isAhead = index > 1;
          const fill = isAhead ? light.line : isNow ? accent : doneFill;
          const ink = isAhead ? light.subtle : isNow ? onAccent : "#ffffff";
          return (
            <tr key={words}>
              <td width={26} valign="top" style={{ padding: "7px 0", width: 26 }}>
                <Table>
                  <tr>
                    <td
                      className={isAhead ? "soft sub" : undefined}
                      {...painted(fill)}
                      width={side}
                      height={side}
                      align="center"
                      aria-hidden="true"
                      style={{
                        ...type(13, side, ink, 700),
                        background: fill,
                        borderRadius: side / 2,
                        width: side,
                      }}
                    >
                      {index === 0 ? "✓" : index + 1}
                    </td>
                  </tr>
                </Table>
              </td>
              <td valign="top" style={{ padding: "7px 0 7px 10px" }}>
                <div
                  className={isAhead ? "mut" : "ink"}
                  style={{
                    ...type(15, 22, isAhead ? light.muted : light.ink, isNow ? 600 : 400),
                    ...wrapping(words),
                  }}
                >
                  {words}
                </div>
                {detail ? (
                  <div className="mut" style={type(14, 20, light.muted)}>
                    {detail}
                  </div>
                ) : null}
              </td>
            </tr>
          );
        })}
      </Table>
    </div>
  );
}
