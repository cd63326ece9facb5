import Link from "next/link";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import type { HealthServiceView } from "@/lib/domain/views/health";
import { type Reader, whenPhrase } from "@/lib/domain/views/moment-words";
import { sentence } from "@/lib/domain/words";
import { StatusBadge } from "../status-badge";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { HealthHistory, LatencyLine, latencyWords } from "./health-history";

const th =
  "h-9 border-b border-border px-3 text-left text-xs font-medium text-subtle-foreground first:pl-4 last:pr-4";

/** Every service with its state, its history and how fast it answers; trouble says what to do right below it. */
export function HealthServices({
  services,
  historyDays,
  reader,
}: {
  services: HealthServiceView[];
  historyDays: number;
  reader: Reader;
}) {
  return (
    <table className="w-full table-fixed text-sm max-md:block">
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className={`${th} w-[26%] max-xl:w-[34%]`}>
            Service
          </th>
          <th scope="col" className={`${th} w-[17%] max-xl:w-[26%]`}>
            State
          </th>
          <th scope="col" className={th}>
            Last {historyDays} days
          </th>
          <th scope="col" className={`${th} w-[200px] max-xl:w-[112px] max-xl:text-right`}>
            Answer time
          </th>
        </tr>
      </thead>
      {services.map((service) => (
        <tbody
          key={service.key}
          className="border-b border-border last:border-0 max-md:block max-md:px-4 max-md:py-3"
        >
          <tr className="h-[54px] max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-2.5">
            <th scope="row" className="px-3 pl-4 text-left font-normal max-md:p-0">
              <div className="truncate text-base font-medium">{service.name}</div>
              {service.address ? (
                <div
                  className="truncate font-mono text-xs/4 text-subtle-foreground"
                  title={service.address}
                >
                  {service.address}
                </div>
              ) : null}
            </th>
            <td className="px-3 max-md:p-0">
              <StatusBadge kind={service.status.kind} word={service.status.word} />
            </td>
            <td className="px-3 max-md:col-span-2 max-md:p-0">
              {service.address === null ? (
                <Button asChild size="row">
                  <Link
                    href={service.key === "smtp" ? "/settings/mail" : "/settings/services"}
                    aria-label={`Connect ${service.name}`}
                  >
                    Connect
                  </Link>
                </Button>
              ) : (
                <HealthHistory service={service} days={historyDays} />
              )}
            </td>
            <td className="px-3 pr-4 max-md:hidden">
              <div className="flex items-center justify-between gap-3">
                <span className="max-xl:hidden">
                  <LatencyLine latencies={service.latencies} />
                </span>
                <span
                  className={cn(
                    "num ml-auto",
                    service.isSlow ? "font-medium" : "text-muted-foreground",
                  )}
                >
                  {service.latencyMs === null ? null : latencyWords(service.latencyMs)}
                </span>
              </div>
            </td>
          </tr>
          {service.trouble ? (
            <tr className="max-md:block">
              <td
                colSpan={4}
                className="px-4 pb-3.5 max-md:block max-md:px-0 max-md:pt-2.5 max-md:pb-0"
              >
                <div
                  className={cn(
                    service.status.kind === "down" ? "tone-failed" : "tone-retrying",
                    "tinted tinted-edge rounded-md px-3 py-2.5",
                  )}
                >
                  <p className="font-medium">{fullSentence(sentence(service.trouble.words))}</p>
                  <p className="text-muted-foreground">
                    {service.trouble.remedy ? `${fullSentence(service.trouble.remedy)} ` : null}
                    <span className="num">
                      Since {whenPhrase(service.trouble.since, reader).replace(/^on /, "")}.
                    </span>
                  </p>
                </div>
              </td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  );
}
