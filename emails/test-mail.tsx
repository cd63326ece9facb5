import type { TestMailProps } from "@/lib/domain/mail";
import { adminMailWords } from "@/lib/domain/mail-words";
import type { Template } from "./drawn-mail";
import { adminFooter, labelled } from "./footer";
import { Button } from "./parts/button";
import { FactRows } from "./parts/fact-rows";
import { Headline } from "./parts/headline";
import { textColumns, textLink } from "./plain-text";

/** To a typed address: mail works, and this is how mails look. */
export const testMail: Template<TestMailProps> = (props, _words, palette) => {
  const { kicker, heading, sentence, reason, rows: rowsOf } = adminMailWords.test;
  const rows = rowsOf(props);
  const dashboard = labelled(adminMailWords.openDashboard, props.links.dashboardUrl);

  return {
    card: (
      <>
        <tr>
          <td className="pad" style={{ padding: "28px 28px 26px" }}>
            <Headline kicker={kicker} title={heading} sentence={sentence} palette={palette}>
              {dashboard ? (
                <div style={{ paddingTop: 20 }}>
                  <Button {...dashboard} palette={palette} />
                </div>
              ) : null}
            </Headline>
          </td>
        </tr>
        <FactRows rows={rows} palette={palette} />
      </>
    ),
    text: [`${kicker}: ${heading}`, sentence, textColumns(rows), dashboard && textLink(dashboard)],
    footer: adminFooter(reason, props.links),
  };
};
