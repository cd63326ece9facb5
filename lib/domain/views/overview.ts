import type { HealthServiceView } from "./health";
import type { PersonView } from "./person";
import type { SetupGapView } from "./setup-gaps";
import type { StatusKind, Tone } from "./status";

export type NeedsYouView = {
  key: string;
  tone: Tone;
  icon: StatusKind;
  headline: string;
  detail: string;
  action: string;
  href: string;
};

export type DayOfMailView = {
  /** `2026-11-22` in the reader's zone. */
  day: string;
  label: string;
  isToday: boolean;
  episodes: number;
  movies: number;
  waiting: number;
  other: number;
};

export type ToldTodayView = {
  key: string;
  title: string;
  posterPath: string | null;
  names: string;
  at: Date;
  href: string;
};

export type OnItsWayView = {
  key: string;
  title: string;
  posterPath: string | null;
  what: string;
  people: PersonView[];
  why: string;
  startedAt: Date;
  leavesAt: Date;
  href: string;
};

export type ServiceStandingView = Pick<HealthServiceView, "key" | "name" | "status" | "latencyMs">;

export type LastCheckView = {
  runId: number;
  at: Date;
  words: string | null;
  outcome: "ok" | "failed" | "interrupted";
};

export type OverviewView = {
  needsYou: NeedsYouView[];
  days: DayOfMailView[];
  thisWeek: number;
  lastWeek: number;
  medianMinutesToTold: number | null;
  toldToday: ToldTodayView[];
  onItsWay: OnItsWayView[];
  services: ServiceStandingView[];
  /** What is not connected or not understood, the worst first. */
  setup: SetupGapView[];
  lastWebhook: { at: Date; from: string } | null;
  lastCheck: LastCheckView | null;
  /** The check that runs now. */
  runningCheck: { runId: number; words: string; done: number; total: number | null } | null;
  knowsNothing: boolean;
};
