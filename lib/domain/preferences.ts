import { z } from "zod";
import { languages } from "./language";
import { isTimeZone } from "./local-time";

/** What a person may choose about their mails, by the page behind the links in them. */

export const frequencies = ["every_episode", "season_complete", "daily_digest"] as const;
export type Frequency = (typeof frequencies)[number];

const minutes = z.number().int().min(0).max(1439);

/** In minutes of the person's day; over midnight when they end before they begin. */
export const quietHours = z
  .object({ from: minutes, until: minutes })
  .refine(({ from, until }) => from !== until, "Quiet hours begin and end at the same time");
export type QuietHours = z.infer<typeof quietHours>;

/** Choices of mail a person makes; one may stand for several kinds. Their words are those of the pages for users. */
export const mailChoices = [
  { name: "episodes", kinds: ["episodes_available"] },
  { name: "movies", kinds: ["movie_available"] },
  { name: "coming", kinds: ["coming_soon"] },
  { name: "waiting", kinds: ["quality_waiting"] },
  { name: "issues", kinds: ["issue_received", "issue_resolved"] },
  {
    name: "maintenance",
    kinds: [
      "maintenance_announced",
      "maintenance_reminder",
      "maintenance_done",
      "maintenance_cancelled",
    ],
  },
] as const;
export type MailChoice = (typeof mailChoices)[number]["name"];

const choosableKinds: readonly string[] = mailChoices.flatMap((choice) => [...choice.kinds]);

export const preferences = z.object({
  mutedKinds: z.array(z.string().refine((kind) => choosableKinds.includes(kind))),
  frequency: z.enum(frequencies),
  /** Hour of their day at which a daily digest leaves. */
  digestHour: z.number().int().min(0).max(23),
  quietHours: quietHours.nullable(),
  /** Null: the server's. */
  timeZone: z.string().refine(isTimeZone, "There is no such time zone").nullable(),
  /** Null: the server's. */
  language: z.enum(languages).nullable(),
});
export type Preferences = z.infer<typeof preferences>;

/** Why a form of preferences is not saved. */
export type PreferenceProblem =
  | "quiet_without_ends"
  | "quiet_without_length"
  | "unknown_zone"
  | "incomplete";

/** Preferences as they are stored with a person. */
export type StoredPreferences = Omit<Preferences, "quietHours"> & {
  quietFrom: number | null;
  quietUntil: number | null;
};

/** The preferences of a stored person. */
export function preferencesOf(stored: StoredPreferences): Preferences {
  const { mutedKinds, frequency, digestHour, timeZone, language, quietFrom, quietUntil } = stored;
  return {
    mutedKinds,
    frequency,
    digestHour,
    timeZone,
    language,
    quietHours:
      quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
  };
}

/** Kinds a person gets nothing of, once the choices are those named; kinds nobody may choose here stay as they were. */
export function mutedKindsFor(wanted: readonly string[], before: readonly string[]): string[] {
  const off = mailChoices.filter((choice) => !wanted.includes(choice.name));
  return [
    ...before.filter((kind) => !choosableKinds.includes(kind)),
    ...off.flatMap((choice) => choice.kinds),
  ];
}

/** Names of the choices that are on. */
export function wantedChoices(mutedKinds: readonly string[]): string[] {
  return mailChoices
    .filter((choice) => !choice.kinds.every((kind) => mutedKinds.includes(kind)))
    .map((choice) => choice.name);
}
