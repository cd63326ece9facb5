import type { MailContent, MailFrame } from "@/lib/domain/mail";
import type { WeeklyFacts } from "@/lib/domain/weekly-facts";
import type { Config } from "../load-config";
import { dashboardLink, publicAddress } from "../public-address";

/** The weekly summary as a mail; its dates are those of the zone the week was cut in. */
export function buildWeekly(config: Config, frame: MailFrame, week: WeeklyFacts): MailContent {
  return {
    kind: "weekly_summary",
    props: {
      ...frame,
      reader: { ...frame.reader, timeZone: week.timeZone },
      week,
      links: {
        dashboardUrl: publicAddress(config),
        settingsUrl: dashboardLink(config, "/settings/weekly"),
      },
    },
  };
}
