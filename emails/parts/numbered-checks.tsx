import type { Palette } from "../palette";
import { Heading } from "../react-email";
import { Table } from "./table";
import { type } from "./type";

/** A heading and numbered lines, as a row of the card. */
export function NumberedChecks({
  heading,
  checks,
  palette: { light },
}: {
  heading: string;
  checks: readonly string[];
  palette: Palette;
}) {
  const edge = { borderTop: `1px solid ${light.line}`, padding: "11px 0" };
  return (
    <tr>
      <td className="pad" style={{ padding: "0 28px 12px" }}>
        <Heading
          as="h2"
          className="ink"
          style={{ ...type(16, 24, light.ink, 700), margin: "0 0 10px" }}
        >
          {heading}
        </Heading>
        <Table width="100%">
          {checks.map((check, index) => (
            <tr key={check}>
              <td
                className="line sub"
                width={30}
                valign="top"
                style={{ ...type(15, 22, light.subtle), ...edge, width: 30 }}
              >
                {index + 1}
              </td>
              <td className="line ink" valign="top" style={{ ...type(15, 22, light.ink), ...edge }}>
                {check}
              </td>
            </tr>
          ))}
        </Table>
      </td>
    </tr>
  );
}
