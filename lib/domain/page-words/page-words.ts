import type { FeedWords } from "../calendar-feed";
import type { Frequency, MailChoice, PreferenceProblem } from "../preferences";
import type { FollowedTitle } from "../views/followed-title";

/** What a language brings along for the pages that links in mails lead to, and for calendars. */

/** A choice, and what it means. */
type Choice = { label: string; help: string };
/** A page that says one thing. */
type Notice = { title: string; words: string };

export type PageWords = {
  /** Whose page it is; `address` is veiled, null when there is none. */
  who(name: string, address: string | null): string;
  chooseInstead: string;

  preferences: {
    title: string;
    appliesAtOnce: string;
    unsubscribed: Notice & { undo: string };
    switchedOff: string;
    what: string;
    choices: Record<MailChoice, Choice>;
    howSoon: string;
    frequencies: Record<Frequency, Choice>;
    digestAt: string;
    quietHours: string;
    quiet: Choice;
    from: string;
    until: string;
    timeZone: string;
    language: string;
    /** The server's own value, in a list of others. */
    theServers(value: string): string;
    save: string;
    following: { title: string; help: string; more(count: number): string };
    how: Record<FollowedTitle["how"], string>;
    muted: string;
    mute: string;
    follow: string;
    calendar: {
      title: string;
      help: string;
      address: string;
      copy: string;
      copied: string;
      open: string;
    };
    links: {
      title: string;
      help: string;
      revokeAll: string;
      revokeHelp: string;
      revoke: string;
      unsubscribe: string;
    };
    /** What was done. */
    done: Record<"saved" | "muted" | "followed" | "subscribed", string>;
    nothingSaved: string;
    refused: Record<PreferenceProblem, string>;
  };

  revoked: {
    title: string;
    useless: string;
    /** `address` is veiled, null when there is none. */
    mailed(address: string | null): string;
    notMailed: string;
  };

  unsubscribe: {
    title: string;
    active: string;
    switchedOff: string;
    button: string;
  };

  mute: {
    ask(title: string): string;
    asked: string;
    button: string;
    is(title: string): string;
    muted: string;
    undo: string;
  };

  follow: {
    title(title: string): string;
    help: string;
    address: string;
    noAddress: string;
    button: string;
    sent: { title: string; words(title: string): string; nothing: string };
    confirm(title: string): string;
    confirmHelp: string;
  };

  open: {
    title: string;
    ifNothing: string;
    app: string;
    browser: string;
    gone: Notice & { button: string };
  };

  trouble: { stale: Notice; ours: Notice; tooOften: string };

  feed: FeedWords;
};
