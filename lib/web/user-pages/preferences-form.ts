import { parseClockTime } from "@/lib/domain/local-time";
import { mutedKindsFor, type Preferences, preferences } from "@/lib/domain/preferences";

export type FormReading =
  | { kind: "read"; preferences: Preferences }
  | { kind: "refused"; because: string };

/** What the form of the preferences page asks for; `before` is what the person gets nothing of now. */
export function readPreferences(form: FormData, before: readonly string[]): FormReading {
  const text = (name: string) => String(form.get(name) ?? "");
  const wantsQuiet = form.get("quiet") === "on";
  const from = parseClockTime(text("quiet_from"));
  const until = parseClockTime(text("quiet_until"));
  if (wantsQuiet && (from === null || until === null)) {
    return { kind: "refused", because: "Quiet hours need a beginning and an end." };
  }
  const parsed = preferences.safeParse({
    mutedKinds: mutedKindsFor(form.getAll("wanted_mail").map(String), before),
    frequency: text("frequency"),
    digestHour: Number(text("digest_hour") || "18"),
    quietHours: wantsQuiet ? { from, until } : null,
    timeZone: text("time_zone") || null,
  });
  if (parsed.success) return { kind: "read", preferences: parsed.data };
  const [issue] = parsed.error.issues;
  const isOurs = issue?.path[0] === "quietHours" || issue?.path[0] === "timeZone";
  return {
    kind: "refused",
    because: isOurs && issue ? `${issue.message}.` : "The form was not sent in full.",
  };
}
