import type { LabelledLink } from "../footer";
import { escapeMarkup } from "../head";
import type { Palette } from "../palette";
import { Link } from "../react-email";
import { Markup } from "./markup";
import { painted, Table } from "./table";
import { type } from "./type";

/** The one button of a mail, 46 high. Outlook draws the VML shape, everything else the padded link. */
export function Button({ label, url, palette }: LabelledLink & { palette: Palette }) {
  const { accent, onAccent, light } = palette;
  // Conditional comments cannot be written in JSX; both halves are empty to every program but Outlook.
  const vml =
    `<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w="urn:schemas-microsoft-com:office:word" ` +
    `href="${escapeMarkup(url)}" style="height:46px;v-text-anchor:middle;width:${label.length * 9 + 48}px" arcsize="17%" ` +
    `strokecolor="${light.buttonEdge}" fillcolor="${accent}"><w:anchorlock/><center style="color:${onAccent};` +
    `font-family:Arial,sans-serif;font-size:16px;font-weight:bold">${escapeMarkup(label)}</center></v:roundrect>` +
    "<![endif]--><!--[if !mso]><!-->";
  return (
    <Table>
      <tr>
        <td
          className="b1"
          {...painted(accent)}
          style={{
            background: accent,
            borderRadius: 8,
            border: `1px solid ${light.buttonEdge}`,
          }}
        >
          <Markup html={vml} />
          <Link
            href={url}
            className="b1t"
            style={{
              ...type(16, 24, onAccent, 600),
              display: "inline-block",
              padding: "10px 22px",
              textDecoration: "none",
              whiteSpace: "nowrap",
            }}
          >
            {label}
          </Link>
          <Markup html="<!--<![endif]-->" />
        </td>
      </tr>
    </Table>
  );
}
