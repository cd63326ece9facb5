import { pageWords } from "../page-words";
import { mailChoices, wantedChoices } from "../preferences";
import { type BoundedCount, listWords } from "./count-words";
import type { PersonView } from "./person";
import type { StatusKind } from "./status";

/** Whether somebody gets mails; if not, why. The first that applies, as `decideRecipient` has it. */
export const userStandings = [
  "gets",
  "some_off",
  "deactivated",
  "unsubscribed",
  "gone",
  "no_address",
] as const;
export type UserStanding = (typeof userStandings)[number];

/** Mark and word of each. */
export const standingMarks = {
  gets: { kind: "up", word: "Gets mails" },
  some_off: { kind: "up", word: "Gets mails" },
  deactivated: { kind: "declined", word: "Deactivated" },
  unsubscribed: { kind: "declined", word: "Unsubscribed" },
  gone: { kind: "declined", word: "No longer in Seerr" },
  no_address: { kind: "declined", word: "No mail address in Seerr" },
} satisfies Record<UserStanding, { kind: StatusKind; word: string }>;

/** Which kinds of mails somebody chose, in the words of their own page. */
export function chosenKinds(mutedKinds: readonly string[]): string {
  const wanted = wantedChoices(mutedKinds);
  const off = mailChoices.filter(({ name }) => !wanted.includes(name));
  if (off.length === 0) return "All kinds of mails";
  if (off.length === mailChoices.length) return "No kind of mail";
  const { choices } = pageWords("en").preferences;
  return `All but ${listWords(off.map(({ name }) => `“${choices[name].label}”`))}`;
}

/** What one may filter by, in the words of the chip. */
export const standingChoices = [
  { value: "gets", label: "Gets them", standings: ["gets", "some_off"] },
  { value: "some_off", label: "Some kinds off", standings: ["some_off"] },
  {
    value: "none",
    label: "Gets none",
    standings: ["deactivated", "unsubscribed", "gone", "no_address"],
  },
  { value: "deactivated", label: "Deactivated", standings: ["deactivated"] },
  { value: "unsubscribed", label: "Unsubscribed", standings: ["unsubscribed"] },
  { value: "gone", label: "No longer in Seerr", standings: ["gone"] },
  { value: "no_address", label: "No address", standings: ["no_address"] },
] as const satisfies { value: string; label: string; standings: UserStanding[] }[];
export type StandingChoice = (typeof standingChoices)[number]["value"];

/** The order of the list. */
export type UserSort = { by: "name" | "requests" | "told"; direction: "asc" | "desc" };

/** The orders as an address names them: a minus sign means falling. */
export const userOrders = ["name", "-name", "requests", "-requests", "told", "-told"] as const;
export type UserOrder = (typeof userOrders)[number];

/** What the name of an order means. */
export function userSort(order: UserOrder): UserSort {
  return {
    by: order.replace(/^-/, "") as UserSort["by"],
    direction: order.startsWith("-") ? "desc" : "asc",
  };
}

export type UserRowView = {
  person: PersonView;
  email: string | null;
  standing: UserStanding;
  /** Which kinds they chose. */
  kinds: string;
  requestCount: number;
  lastToldAt: Date | null;
};

export type UserListView = {
  rows: UserRowView[];
  sort: UserSort;
  total: BoundedCount;
  matching: BoundedCount;
  before: string | null;
  after: string | null;
};
