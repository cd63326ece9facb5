import type { Palette } from "../palette";
import { painted, Table } from "./table";
import { type } from "./type";

/** A leaf of the calendar, and beside it what happens that day and the date in words. */
export function DateTile({
  month,
  day,
  label,
  date,
  palette: { light },
}: {
  month: string;
  day: string;
  label: string;
  date: string;
  palette: Palette;
}) {
  return (
    <div style={{ paddingTop: 16 }}>
      <Table>
        <tr>
          <td
            className="soft"
            {...painted(light.soft)}
            align="center"
            width={64}
            aria-hidden="true"
            style={{
              background: light.soft,
              borderRadius: 10,
              padding: "8px 0 9px",
              width: 64,
            }}
          >
            <div className="lnk" style={type(13, 16, light.link, 700)}>
              {month}
            </div>
            <div className="ink" style={type(26, 30, light.ink, 700)}>
              {day}
            </div>
          </td>
          <td className="ink" style={{ ...type(16, 24, light.ink), paddingLeft: 14 }}>
            {label}
            <div className="mut" style={type(16, 24, light.muted)}>
              {date}
            </div>
          </td>
        </tr>
      </Table>
    </div>
  );
}
