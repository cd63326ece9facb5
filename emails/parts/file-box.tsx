import type { Palette } from "../palette";
import { painted, Table } from "./table";
import { mono, type } from "./type";

/** Paths in a tinted box. */
export function FileBox({
  heading,
  paths,
  more,
  palette: { light },
}: {
  heading: string;
  paths: readonly string[];
  more: string | null;
  palette: Palette;
}) {
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 26px" }}>
        <Table width="100%">
          <tr>
            <td
              className="soft"
              {...painted(light.soft)}
              style={{ background: light.soft, borderRadius: 10, padding: "14px 16px" }}
            >
              <div className="ink" style={type(15, 22, light.ink, 600)}>
                {heading}
              </div>
              {paths.map((path) => (
                <div
                  key={path}
                  className="ink"
                  dir="ltr"
                  style={{ ...mono(13, 20, light.ink), paddingTop: 4 }}
                >
                  {path}
                </div>
              ))}
              {more ? (
                <div className="mut" style={{ ...type(14, 20, light.muted), paddingTop: 4 }}>
                  {more}
                </div>
              ) : null}
            </td>
          </tr>
        </Table>
      </td>
    </tr>
  );
}
