import { type AuditArea, auditAreaNames } from "../audit";
import type { StatusKind } from "./status";

/** What the page about past deeds shows. */

export type ChangeView = {
  name: string;
  /** How it was; null when the audit does not say. */
  from: string | null;
  /** How it is now; null when it is gone. */
  to: string | null;
};

export type DeedView = {
  id: number;
  at: Date;
  actor: string;
  address: string | null;
  areaName: string | null;
  action: string;
  subject: string | null;
  changes: ChangeView[];
  /** Where what it was done to is shown. */
  places: { label: string; href: string }[];
};

export type ActivityView = {
  deeds: DeedView[];
  /** Place of the next page; null when these are all. */
  older: string | null;
  isNewest: boolean;
  actors: string[];
};

export type RunRowView = {
  runId: number;
  title: string;
  startedAt: Date;
  tookMs: number | null;
  status: StatusKind;
  words: string;
  error: string | null;
  /** What made it run: `by itself`, `at the start`, `by hand`. */
  because: string;
};

export type RunListView = { runs: RunRowView[]; older: string | null; isNewest: boolean };

type KeptDeed = {
  id: number;
  at: Date;
  actor: string;
  address: string | null;
  area: AuditArea | null;
  action: string;
  subject: string | null;
  before: unknown;
  after: unknown;
};

/** Ids that actions carry, and where the thing of that id is shown. */
const placesOf: Record<string, { label: string; href: (id: number) => string }> = {
  requestId: { label: "Request", href: (id) => `/requests/${id}` },
  notificationId: { label: "Mail", href: (id) => `/notifications?scope=history&id=${id}` },
  userId: { label: "Person", href: (id) => `/users/${id}` },
  issueId: { label: "Issue", href: (id) => `/issues/${id}` },
  eventId: { label: "Event", href: (id) => `/inbox/${id}` },
};

/** An entry of the audit as it is shown. */
export function deedView(entry: KeptDeed): DeedView {
  const { id, at, actor, address, area, action, subject, before, after } = entry;
  const ids = Object.entries(isRecord(after) ? after : {}).flatMap(([name, value]) => {
    const place = Object.hasOwn(placesOf, name) ? placesOf[name] : undefined;
    return place && typeof value === "number" ? [{ name, place, id: value }] : [];
  });
  return {
    ...{ id, at, actor, address, action, subject },
    areaName: area && (auditAreaNames[area] ?? null),
    changes: changesBetween(before, after)
      .filter(({ name }) => !ids.some((found) => found.name === name))
      .map((change) => ({ ...change, name: fieldWords(change.name) })),
    places: ids.map(({ place, id: of }) => ({ label: place.label, href: place.href(of) })),
  };
}

/** A field as people say it; settings keep the name they have in `.env`. */
function fieldWords(name: string): string {
  if (Object.hasOwn(saidOtherwise, name)) return saidOtherwise[name] ?? name;
  return /^[A-Z0-9_]+$/.test(name)
    ? name
    : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const saidOtherwise: Record<string, string> = { isFourK: "4K", url: "address" };

/** What `maskSecrets` puts in place of a secret. */
const MASK = "•••";

/** What changed, value by value, from what the audit kept. */
export function changesBetween(before: unknown, after: unknown): ChangeView[] {
  const old = isRecord(before) ? before : {};
  const fresh = isRecord(after) ? after : {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  const isWhole = isRecord(before) && isRecord(after);
  return (
    names
      .map((name) => ({
        name,
        from: Object.hasOwn(old, name) ? valueWords(old[name]) : null,
        to: Object.hasOwn(fresh, name) ? valueWords(fresh[name]) : null,
      }))
      // Masked alike does not mean the same: a secret that was sent was changed.
      .filter(({ from, to }) => !isWhole || from !== to || to === MASK)
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function valueWords(value: unknown): string {
  if (value === null || value === "" || value === undefined) return "empty";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
