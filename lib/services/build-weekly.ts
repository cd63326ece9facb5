import type { MailContent, MailFrame } from "@/lib/domain/mail";
import type { WeeklyFacts } from "@/lib/domain/weekly-facts";
import type { Config } from "./load-config";

/** The weekly summary as a mail; its dates are those of the zone the week was cut in. */
export function buildWeekly(config: Config, frame: MailFrame, week: WeeklyFacts): MailContent {
  const base = config.settings.PUBLIC_BASE_URL.replace(/\/+$/, "");
  return {
    kind: "weekly_summary",
    props: {
      ...frame,
      reader: { ...frame.reader, timeZone: week.timeZone },
      week,
      links: { dashboardUrl: base || null, settingsUrl: base ? `${base}/settings/weekly` : null },
    },
  };
}
