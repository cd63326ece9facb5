import type { LabelledLink } from "../footer";
import type { Palette } from "../palette";
import { Link } from "../react-email";
import { painted, Table } from "./table";
import { type, wrapping } from "./type";

/** What waits for the admin, in a tinted box, each with the way to it. */
export function NeedsBox({
  needs,
  more,
  palette: { light },
}: {
  needs: readonly { headline: string; detail: string; link: LabelledLink | null }[];
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
              {needs.map(({ headline, detail, link }, index) => (
                <div key={headline} style={index > 0 ? { paddingTop: 12 } : {}}>
                  <div
                    className="ink"
                    dir="auto"
                    style={{ ...type(15, 22, light.ink, 600), ...wrapping(headline) }}
                  >
                    {headline}
                  </div>
                  <div className="mut" style={{ ...type(14, 20, light.muted), paddingTop: 2 }}>
                    {detail}{" "}
                    {link ? (
                      <Link
                        href={link.url}
                        className="lnk"
                        style={{
                          color: light.link,
                          textDecoration: "underline",
                          whiteSpace: "nowrap",
                        }}
                      >
                        {link.label}
                      </Link>
                    ) : null}
                  </div>
                </div>
              ))}
              {more ? (
                <div className="mut" style={{ ...type(14, 20, light.muted), paddingTop: 12 }}>
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
