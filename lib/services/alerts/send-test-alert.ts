import { type AlertChannel, alertChannelNames, channelStandings } from "@/lib/domain/alerts";
import { AppError } from "@/lib/errors";
import type { ServiceContext } from "../context";
import { adminAddress } from "../mails/mail-addresses";
import { sendTestMail } from "../mails/send-test-mail";
import { queueAlert } from "./queue-alerts";

/**
 * Plans a test message to one channel; it takes the same way as any alert, and its outcome shows where theirs do.
 * Throws AppError `not_configured` with what is missing.
 */
export async function sendTestAlert(
  ctx: ServiceContext,
  channel: AlertChannel,
): Promise<{ kind: "mail"; notificationId: number } | { kind: "alert"; deliveryId: number }> {
  const { settings } = await ctx.loadConfig();
  const name = alertChannelNames[channel];
  const standing = channelStandings(settings).find((known) => known.channel === channel);
  if (standing?.setUp.kind === "incomplete") {
    throw new AppError(
      "not_configured",
      `${name} is not ready: ${standing.setUp.missing} is missing`,
    );
  }
  if (standing?.setUp.kind !== "ready") {
    throw new AppError("not_configured", `${name} is not set up`);
  }
  if (channel === "email") {
    const address = adminAddress(settings);
    if (!address) throw new AppError("not_configured", "ADMIN_EMAIL is no mail address");
    return { kind: "mail", notificationId: await sendTestMail(ctx, address) };
  }
  const test = {
    subject: `Test from ${settings.MAIL_SERVER_NAME}`,
    headline: "Alerts arrive here",
    lines: ["Somebody asked for this on the Health page. Alerts look like this."],
    rows: [{ label: "Channel", value: name }],
    action: { path: "/system", label: "Open health" },
  };
  const deliveryId = await ctx.database.db.transaction((tx) =>
    queueAlert(tx, channel, "test", test, ctx.now()),
  );
  return { kind: "alert", deliveryId };
}
