import type { FollowedTitle } from "./followed-title";
import type { NotificationRowView } from "./notifications";
import type { PersonView } from "./person";
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
  titles: FollowedTitle[];
  requestCount: number;
  /** Whether a link can be mailed to them. */
  canMailLink: boolean;
};
