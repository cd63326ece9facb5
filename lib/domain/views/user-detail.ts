import type { NotificationRowView } from "./notifications";
import type { PersonView } from "./person";
import type { RecipientView } from "./requests";
import type { TimelineView } from "./timeline";

/** One person, as the admin sees them. */
export type UserDetailView = {
  person: PersonView;
  email: string | null;
  isActive: boolean;
  /** The answer: whether they get mails, and what is on its way to them. */
  verdict: string;
  timeline: TimelineView;
  mails: NotificationRowView[];
  /** What they chose, in their words. */
  preferences: { term: string; value: string }[];
  /** What they are attached to: first what is not over. */
  titles: UserTitleView[];
  requestCount: number;
  /** Whether a link can be mailed to them. */
  canMailLink: boolean;
};

/** One request of theirs: what they were told of it, what is on its way, and why they were not told. */
export type UserTitleView = {
  requestId: number;
  title: string;
  posterPath: string | null;
  isFourK: boolean;
  /** `Season 3 · asked on 3 Nov`. */
  context: string;
  state: RecipientView["state"];
  mail: { href: string; words: string } | null;
  whyNot: string | null;
};
