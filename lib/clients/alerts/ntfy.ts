import { type AlertMessage, type AlertOutcome, alertTone, ntfyTopic } from "@/lib/domain/alerts";
import { fitLine, fitLines, rowLines } from "./fit-text";
import { deliver, type PostAnswer } from "./post";

/** A topic on ntfy.sh or a server of one's own; the token may be empty. */
export type NtfyTarget = { url: string; token: string };

const tags = { trouble: "rotating_light", attention: "warning", good: "white_check_mark" };
const priorities = { trouble: 4, attention: 3, good: 3 };

/** Beyond 4096 bytes ntfy makes an attachment of a message. */
const mostBytes = 4096;
const asIs = (text: string) => text;

/** Publishes as JSON, which goes to the root of the server and names the topic. */
export async function sendToNtfy(
  { url, token }: NtfyTarget,
  message: AlertMessage,
): Promise<AlertOutcome> {
  const target = ntfyTopic(url);
  if (target === null) {
    return {
      kind: "refused",
      reply: "NTFY_URL has no topic at its end, such as https://ntfy.sh/topic",
    };
  }
  const tone = alertTone(message.event);
  const { link } = message;
  return deliver(
    {
      service: "ntfy",
      name: "ntfy",
      url: target.serverUrl,
      headers: token === "" ? {} : { authorization: `Bearer ${token}` },
      body: {
        topic: target.topic,
        title: fitLine(message.subject, 250, asIs),
        message: withinBytes([...message.lines, ...rowLines(message.rows)]) || message.headline,
        priority: priorities[tone],
        tags: [tags[tone]],
        ...(link
          ? {
              click: link.url,
              actions: [{ action: "view", label: fitLine(link.label, 60, asIs), url: link.url }],
            }
          : {}),
      },
    },
    judge,
  );
}

function withinBytes(lines: readonly string[]): string {
  for (let limit = mostBytes; ; limit = Math.floor(limit * 0.8)) {
    const text = fitLines(lines, limit, asIs);
    if (Buffer.byteLength(text) <= mostBytes) return text;
  }
}

function judge({ status }: PostAnswer): AlertOutcome | null {
  if (status !== 401 && status !== 403) return null;
  return { kind: "refused", reply: "ntfy did not let us write to this topic. Check NTFY_TOKEN" };
}
