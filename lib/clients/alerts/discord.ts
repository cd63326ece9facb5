import { z } from "zod";
import { type AlertMessage, type AlertOutcome, alertTone } from "@/lib/domain/alerts";
import { fitLine, fitLines } from "./fit-text";
import { deliver, type PostAnswer } from "./post";

const colors = { trouble: 0xed4245, attention: 0xfaac58, good: 0x57f287 };
const mostFields = 18;
const longestLink = 300;

/** Every character Discord's Markdown could take for its own gets a backslash. */
const escapeMarkdown = (text: string) => text.replace(/[\\*_~`|>#[\]()<@:+-]/g, "\\$&");

/**
 * Posts one embed to a Discord webhook. Limits are Discord's: 256 characters of title, 4096 of description, 25 fields
 * of 256 and 1024, 6000 in all. Nobody is mentioned, whatever a title says.
 */
export function sendToDiscord(
  { url }: { url: string },
  message: AlertMessage,
): Promise<AlertOutcome> {
  return deliver(
    { service: "discord", name: "Discord", url: waiting(url), body: body(message) },
    judge,
  );
}

/** With `wait` Discord answers after it stored the message, and says when it did not. */
function waiting(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.searchParams.set("wait", "true");
  return url.href;
}

function body(message: AlertMessage) {
  const { link } = message;
  const linkLine =
    link && link.url.length <= longestLink ? [`[${escapeMarkdown(link.label)}](${link.url})`] : [];
  const description = fitLines(message.lines, 1500, escapeMarkdown);
  return {
    username: "BingeAlert",
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: fitLine(message.subject, 256, escapeMarkdown),
        ...(link ? { url: link.url } : {}),
        description: [description, ...linkLine].join("\n\n"),
        color: colors[alertTone(message.event)],
        fields: message.rows.slice(0, mostFields).map(({ label, value }) => ({
          name: fitLine(label, 60, escapeMarkdown) || "\u200b",
          value: fitLine(value, 120, escapeMarkdown) || "\u200b",
          inline: false,
        })),
        footer: { text: fitLine(message.serverName, 100, (text) => text) },
        timestamp: message.at.toISOString(),
      },
    ],
  };
}

const limited = z.object({ retry_after: z.number() });

function judge(answer: PostAnswer): AlertOutcome | null {
  if (answer.status === 401 || answer.status === 404) {
    return { kind: "refused", reply: "Discord does not know this webhook. Make a new one there" };
  }
  const wait = answer.status === 429 ? limited.safeParse(answer.json) : null;
  if (!wait?.success) return null;
  const retryAfterMs = Math.ceil(wait.data.retry_after * 1000);
  return { kind: "tryLater", reply: "Discord wants fewer messages for a while", retryAfterMs };
}
