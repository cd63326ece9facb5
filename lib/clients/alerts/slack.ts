import type { AlertMessage, AlertOutcome } from "@/lib/domain/alerts";
import { fitLine, fitLines, rowLines } from "./fit-text";
import { deliver, type PostAnswer } from "./post";

/** The three characters Slack reads as markup, also where it formats nothing. */
const escapeSlack = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

/**
 * Posts to an incoming webhook of Slack. Texts are `plain_text`, which Slack does not format: 150 characters of
 * header, 3000 of a section. Only the link is `mrkdwn`.
 */
export function sendToSlack(
  { url }: { url: string },
  message: AlertMessage,
): Promise<AlertOutcome> {
  return deliver({ service: "slack", name: "Slack", url, body: body(message) }, judge);
}

function body(message: AlertMessage) {
  const { link } = message;
  const lines = fitLines(message.lines, 2900, escapeSlack);
  const rows = fitLines(rowLines(message.rows), 2900, escapeSlack);
  return {
    text: fitLine(message.subject, 300, escapeSlack),
    mrkdwn: false,
    unfurl_links: false,
    blocks: [
      { type: "header", text: plain(fitLine(message.subject, 150, escapeSlack)) },
      ...[lines, rows]
        .filter((text) => text !== "")
        .map((text) => ({ type: "section", text: plain(text) })),
      ...(link
        ? [
            {
              type: "section",
              text: {
                type: "mrkdwn",
                text: `<${escapeSlack(link.url)}|${escapeSlack(link.label)}>`,
              },
            },
          ]
        : []),
      {
        type: "context",
        elements: [plain(fitLine(message.serverName, 100, escapeSlack) || "BingeAlert")],
      },
    ],
  };
}

function judge({ status, words }: PostAnswer): AlertOutcome | null {
  if (status !== 403 && status !== 404 && status !== 410) return null;
  const said = words === "" ? "" : `: ${words}`;
  return { kind: "refused", reply: `Slack does not take messages at this address${said}` };
}
