import { z } from "zod";
import { type AlertMessage, type AlertOutcome, alertTone } from "@/lib/domain/alerts";
import { fitLine, fitLines, rowLines } from "./fit-text";
import { deliver, type PostAnswer } from "./post";

/** `baseUrl` is Pushover's own address; `token` the application's, `user` who gets it. */
export type PushoverTarget = { baseUrl: string; token: string; user: string };

const asIs = (text: string) => text;

/** Sends one push. Limits are Pushover's: 250 characters of title, 1024 of text, 512 and 100 of the link. */
export function sendToPushover(
  { baseUrl, token, user }: PushoverTarget,
  message: AlertMessage,
): Promise<AlertOutcome> {
  const link = message.link && message.link.url.length <= 512 ? message.link : null;
  return deliver(
    {
      service: "pushover",
      name: "Pushover",
      url: `${baseUrl.replace(/\/+$/, "")}/1/messages.json`,
      body: {
        token,
        user,
        title: fitLine(message.subject, 250, asIs),
        message:
          fitLines([...message.lines, ...rowLines(message.rows)], 1024) ||
          fitLine(message.headline, 1024, asIs),
        priority: alertTone(message.event) === "trouble" ? 1 : 0,
        timestamp: Math.floor(message.at.getTime() / 1000),
        ...(link ? { url: link.url, url_title: fitLine(link.label, 100, asIs) } : {}),
      },
    },
    judge,
  );
}

const complaint = z.object({ errors: z.array(z.string()).min(1) });

function judge({ status, json, headers }: PostAnswer): AlertOutcome | null {
  if (status === 429 && headers.get("x-limit-app-remaining") === "0") {
    return { kind: "refused", reply: "The application has used up its messages of this month" };
  }
  if (status < 400 || status >= 500 || status === 429 || status === 408) return null;
  const said = complaint.safeParse(json);
  return said.success
    ? { kind: "refused", reply: `Pushover said no: ${said.data.errors.join("; ").slice(0, 200)}` }
    : null;
}
