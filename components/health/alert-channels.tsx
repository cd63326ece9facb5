import type { ReactNode } from "react";
import type { AlertChannelView, AlertDeliveryView } from "@/lib/domain/views/health";
import type { Reader } from "@/lib/domain/views/moment-words";
import { Moment } from "../relative-time";
import { StatusBadge } from "../status-badge";

/** The ways alerts reach the admin, each with a test, and what was sent last. */
export function AlertChannels({
  channels,
  deliveries,
  reader,
  testButton,
}: {
  channels: AlertChannelView[];
  deliveries: AlertDeliveryView[];
  reader: Reader;
  testButton: (channel: AlertChannelView) => ReactNode;
}) {
  return (
    <>
      <ul>
        {channels.map((channel) => (
          <li
            key={channel.channel}
            className="flex min-h-[52px] items-center gap-3 border-b border-border py-2 pr-3 pl-4"
          >
            <div className="min-w-0 flex-1">
              <div className="text-sm font-medium">{channel.name}</div>
              <div className="truncate text-xs/[18px] text-muted-foreground" title={channel.detail}>
                {channel.canTest || channel.status.kind === "slow" ? channel.detail : "Off"}
              </div>
            </div>
            <StatusBadge {...shownStatus(channel)} />
            <div className="flex w-[72px] justify-end max-md:w-auto max-md:empty:hidden">
              {channel.canTest ? testButton(channel) : null}
            </div>
          </li>
        ))}
      </ul>
      {deliveries.length > 0 ? (
        <section aria-label="Last alerts">
          <h3 className="px-4 pt-3 pb-1 text-xs font-medium text-subtle-foreground">Last alerts</h3>
          <ul className="pb-2">
            {deliveries.map((delivery) => (
              <li key={delivery.id} className="px-4 py-1.5">
                <div className="flex items-baseline gap-3 text-sm">
                  <span className="min-w-0 flex-1 truncate" title={delivery.subject}>
                    {delivery.subject}
                  </span>
                  <span className="num shrink-0 text-xs text-muted-foreground">
                    {delivery.channelName}, <Moment at={delivery.at} reader={reader} />
                  </span>
                </div>
                {delivery.reply ? (
                  <div className="flex gap-2 text-xs/[18px] text-muted-foreground">
                    <StatusBadge {...delivery.status} />
                    <span className="min-w-0 break-words">{delivery.reply}</span>
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <p className="px-4 py-4 text-sm text-muted-foreground">
          No alert was sent yet. Mails to you are among the notifications.
        </p>
      )}
    </>
  );
}

/** Trouble with the newest message is what one should see of a channel that is ready. */
function shownStatus({ status, newest, canTest }: AlertChannelView) {
  return canTest && newest && newest.status.kind !== "sent" ? newest.status : status;
}
