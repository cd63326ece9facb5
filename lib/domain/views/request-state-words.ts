import type { RequestState } from "../request-state";
import {
  clockTime,
  comesOn,
  daysAgo,
  type Reader,
  sentenceMoment,
  whenPhrase,
} from "./moment-words";
import type { RequestStateView } from "./requests";
import type { StatusKind } from "./status";

/** Mark and word of each state a request can be in. */
const shown = {
  waiting_approval: { kind: "waiting", word: "Waiting for approval" },
  declined: { kind: "declined", word: "Declined" },
  deleted: { kind: "declined", word: "Deleted in Seerr" },
  failed: { kind: "failed", word: "Failed in Seerr" },
  mail_held: { kind: "held", word: "Mail on hold" },
  mail_unknown: { kind: "unknown", word: "May have arrived" },
  mail_failed: { kind: "failed", word: "Mail failed" },
  plex_cannot_see: { kind: "failed", word: "Plex cannot see it" },
  waiting_plex: { kind: "waiting", word: "Waiting for Plex" },
  gathering: { kind: "waiting", word: "Gathering" },
  leaving: { kind: "scheduled", word: "Mail leaves" },
  told: { kind: "told", word: "Told" },
  known_before: { kind: "told", word: "There before" },
  downloading: { kind: "downloading", word: "Downloading" },
  coming_soon: { kind: "not_out", word: "Coming soon" },
  quality_waiting: { kind: "looking", word: "Quality waiting" },
  looking: { kind: "looking", word: "Still looking" },
} satisfies Record<RequestState, { kind: StatusKind; word: string }>;

/** States one may filter by, in the words of the chip. */
export const stateChoices: { value: string; label: string; states: RequestState[] }[] = [
  { value: "waiting", label: "Waiting", states: ["waiting_plex", "gathering", "leaving"] },
  {
    value: "needs_you",
    label: "Needs you",
    states: ["mail_held", "mail_unknown", "mail_failed", "plex_cannot_see", "failed"],
  },
  { value: "downloading", label: "Downloading", states: ["downloading"] },
  { value: "coming_soon", label: "Coming soon", states: ["coming_soon"] },
  { value: "quality_waiting", label: "Quality waiting", states: ["quality_waiting"] },
  { value: "looking", label: "Still looking", states: ["looking"] },
  { value: "approval", label: "Waiting for approval", states: ["waiting_approval"] },
  { value: "told", label: "Told", states: ["told"] },
  { value: "before", label: "There before", states: ["known_before"] },
  { value: "declined", label: "Declined or deleted", states: ["declined", "deleted"] },
];

function isRequestState(state: string): state is RequestState {
  return state in shown;
}

/** Mark and word of a state; one that this version does not know keeps its own word. */
export function stateMark(state: string): { kind: StatusKind; word: string } {
  return isRequestState(state)
    ? shown[state]
    : { kind: "looking", word: state.replaceAll("_", " ") };
}

/** What the state column says: the mark, its word, and why or until when. */
export function requestStateView(
  request: { state: string; stateUntil: Date | null; lastNewsAt: Date },
  reader: Reader,
): RequestStateView {
  const { state } = request;
  return {
    ...stateMark(state),
    detail: isRequestState(state) ? detailOf(state, request, reader) : null,
  };
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function detailOf(
  state: RequestState,
  request: { stateUntil: Date | null; lastNewsAt: Date },
  reader: Reader,
): string | null {
  const { stateUntil: until } = request;
  switch (state) {
    case "waiting_plex":
      return until ? `Until ${sentenceMoment(until, reader)}` : "Asked until it shows";
    case "gathering":
      return until ? `Mail by ${sentenceMoment(until, reader)}` : null;
    case "leaving":
      return until ? `At ${sentenceMoment(until, reader)}` : "In a moment";
    case "told": {
      const words = whenPhrase(request.lastNewsAt, reader);
      if (daysAgo(request.lastNewsAt, reader) > 1) return words.replace(/^on | at .*$/g, "");
      return capital(words);
    }
    case "known_before":
      return "Nobody was told";
    case "downloading":
      return `Grabbed ${daysAgo(request.lastNewsAt, reader) === 0 ? `at ${clockTime(request.lastNewsAt, reader.timeZone)}` : whenPhrase(request.lastNewsAt, reader)}`;
    case "plex_cannot_see":
      return "Imported, not in Plex";
    case "mail_held":
    case "mail_unknown":
    case "mail_failed":
      return "You decide";
    case "coming_soon":
      return until ? capital(comesOn(until, reader)) : "No date known";
    case "quality_waiting":
      return "Not to be had yet";
    case "looking":
      return "Not imported yet";
    case "waiting_approval":
      return "In Seerr";
    case "declined":
    case "deleted":
    case "failed":
      return null;
  }
}
