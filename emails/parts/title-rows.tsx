import type { LabelledLink } from "../footer";
import type { Palette } from "../palette";
import { Link } from "../react-email";
import { Table } from "./table";
import { type, wrapping } from "./type";

/** Titles under each other: name, what of it, and the way to it. */
export function TitleRows({
  rows,
  more,
  palette: { light },
}: {
  rows: readonly { key: string; title: string; detail: string; link: LabelledLink | null }[];
  more: string | null;
  palette: Palette;
}) {
  const edge = { borderTop: `1px solid ${light.line}` };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 26px" }}>
        <Table width="100%">
          {rows.map(({ key, title, detail, link }) => (
            <tr key={key}>
              <td
                className="line"
                align="left"
                valign="top"
                width="100%"
                style={{ ...edge, padding: "13px 12px 13px 0" }}
              >
                <div
                  className="ink"
                  dir="auto"
                  style={{ ...type(16, 23, light.ink, 600), ...wrapping(title), textAlign: "left" }}
                >
                  {title}
                </div>
                <div className="mut" style={{ ...type(14, 20, light.muted), paddingTop: 2 }}>
                  {detail}
                </div>
              </td>
              <td
                className="line"
                align="right"
                valign="middle"
                style={{ ...edge, padding: "13px 0", whiteSpace: "nowrap" }}
              >
                {link ? (
                  <Link
                    href={link.url}
                    className="lnk"
                    style={{
                      ...type(15, 23, light.link, 600),
                      textDecoration: "underline",
                      padding: "10px 0 10px 12px",
                    }}
                  >
                    {link.label}
                  </Link>
                ) : null}
              </td>
            </tr>
          ))}
          {more ? (
            <tr>
              <td
                className="line mut"
                colSpan={2}
                style={{ ...type(14, 20, light.muted), ...edge, padding: "13px 0" }}
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
