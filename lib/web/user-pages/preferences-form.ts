import { parseClockTime } from "@/lib/domain/local-time";
import {
  mutedKindsFor,
  type PreferenceProblem,
  type Preferences,
  preferences,
} from "@/lib/domain/preferences";

export type FormReading =
  | { kind: "read"; preferences: Preferences }
  | { kind: "refused"; because: PreferenceProblem };

const problems: Record<string, PreferenceProblem> = {
  quietHours: "quiet_without_length",
  timeZone: "unknown_zone",
};

/** What the form of the preferences page asks for; `before` is what the person gets nothing of now. */
export function readPreferences(form: FormData, before: readonly string[]): FormReading {
  const text = (name: string) => String(form.get(name) ?? "");
  const wantsQuiet = form.get("quiet") === "on";
  const from = parseClockTime(text("quiet_from"));
  const until = parseClockTime(text("quiet_until"));
  if (wantsQuiet && (from === null || until === null)) {
    return { kind: "refused", because: "quiet_without_ends" };
  }
  const parsed = preferences.safeParse({
    mutedKinds: mutedKindsFor(form.getAll("wanted_mail").map(String), before),
    frequency: text("frequency"),
    digestHour: Number(text("digest_hour") || "18"),
    quietHours: wantsQuiet ? { from, until } : null,
    timeZone: text("time_zone") || null,
    language: text("language") || null,
  });
  if (parsed.success) return { kind: "read", preferences: parsed.data };
  const field = String(parsed.error.issues[0]?.path[0]);
  return { kind: "refused", because: problems[field] ?? "incomplete" };
}
