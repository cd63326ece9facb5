import type { StatusKind } from "./status";

export type InboundSource = "seerr" | "sonarr" | "radarr";
export type InboundOutcome = "pending" | "handled" | "ignored" | "failed";

export const sourceNames = {
  seerr: "Seerr",
  sonarr: "Sonarr",
  radarr: "Radarr",
} satisfies Record<InboundSource, string>;

export type InboxRowView = {
  id: number;
  receivedAt: Date;
  source: InboundSource;
  sourceName: string;
  typeWords: string;
  title: string | null;
  /** What it caused, in two or three words. */
  result: string;
  outcome: InboundOutcome;
};

export type InboxListView = { rows: InboxRowView[]; older: string | null; newest: boolean };

export type EffectView = { status: StatusKind; words: string; detail: string | null };

export type InboxEventView = {
  id: number;
  receivedAt: Date;
  source: InboundSource;
  sourceName: string;
  typeWords: string;
  title: string | null;
  remoteAddress: string | null;
  outcome: InboundOutcome;
  reason: string | null;
  effects: EffectView[];
  body: string;
  bodyBytes: number;
  /** Why there is no body any more; null while it is kept. */
  bodyRemoved: string | null;
  headers: Record<string, string>;
  replayOf: number | null;
};

const TYPE_WORDS: Record<string, string> = {
  Download: "Import",
  Grab: "Grab",
  Test: "Test",
  Rename: "Rename",
  Health: "Health",
  HealthRestored: "Health restored",
  ImportComplete: "Import complete",
  EpisodeFileDelete: "File deleted",
  MovieFileDelete: "File deleted",
  SeriesAdd: "Series added",
  SeriesDelete: "Series deleted",
  MovieAdded: "Movie added",
  MovieDelete: "Movie deleted",
  ApplicationUpdate: "Update",
  ManualInteractionRequired: "Needs a hand",
  MEDIA_PENDING: "Request pending",
  MEDIA_APPROVED: "Request approved",
  MEDIA_AUTO_APPROVED: "Request approved",
  MEDIA_AVAILABLE: "Available",
  MEDIA_DECLINED: "Request declined",
  MEDIA_FAILED: "Request failed",
  ISSUE_CREATED: "Issue",
  ISSUE_COMMENT: "Issue comment",
  ISSUE_RESOLVED: "Issue resolved",
  ISSUE_REOPENED: "Issue reopened",
  TEST_NOTIFICATION: "Test",
};

/** An event type in the admin's words; unknown types keep their own name. */
export function typeWords(eventType: string | null): string {
  if (!eventType) return "Unknown event";
  return TYPE_WORDS[eventType] ?? eventType;
}

/** What an event caused, short enough for the list. */
export function resultWords(outcome: InboundOutcome, effects: { words: string }[] | null): string {
  switch (outcome) {
    case "pending":
      return "In line";
    case "ignored":
      return "Ignored";
    case "failed":
      return "Failed";
    case "handled":
      return effects?.at(-1)?.words ?? "Noted";
  }
}

/** What a replay would do. */
export type DryRunView = {
  wouldSend: boolean;
  /** Set when it would not even be worked off. */
  headline: string | null;
  reason: string | null;
  effects: { words: string; detail: string | null }[];
};
