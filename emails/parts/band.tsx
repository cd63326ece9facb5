import type { Palette } from "../palette";
import { painted } from "./table";
import { type } from "./type";

/** The tinted foot of the card: one line about what comes next. */
export function Band({ text, palette: { light } }: { text: string; palette: Palette }) {
  return (
    <tr>
      <td
        className="soft pad"
        {...painted(light.soft)}
        style={{ background: light.soft, borderRadius: "0 0 13px 13px", padding: "14px 28px" }}
      >
        <div className="mut" style={type(14, 21, light.muted)}>
          {text}
        </div>
      </td>
    </tr>
  );
}
