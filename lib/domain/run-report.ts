/** What a check compared and found: the words and shapes of its report. */

/** One service as a check met it. */
export type ComparedService = {
  name: string;
  outcome: "read" | "failed" | "baseline";
  /** "12 shows, 3 of them changed", or why it could not be asked. */
  words: string;
};

/** What was compared, beside the findings. */
export type RunCompared = {
  requests: number;
  people: number;
  services: ComparedService[];
  /** Times in which BingeAlert did not run that this check swept, ISO moments. */
  gaps: { from: string; until: string }[];
};

export const findingKinds = [
  "made_up",
  "held",
  "swallowed",
  "known_before",
  "gone",
  "rearmed",
  "issue",
  "seen",
  "failed",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One thing a check found, and what it did about it. */
export type Finding = {
  kind: FindingKind;
  requestId: number | null;
  userId: number | null;
  title: string | null;
  words: string;
  reason: string | null;
  mediaKeys: readonly string[];
};
