import type { SetupStep } from "../setup";
import type { SettingFieldView } from "./settings";

/** Names of the steps, as the stepper shows them. */
export const setupStepNames = {
  mail: "E-mail",
  services: "Services",
  sync: "First sync",
  behaviour: "How it behaves",
  security: "Security and webhooks",
} as const satisfies Record<SetupStep, string>;

/** How far set-up is. */
export type SetupView = {
  /** Nobody has pressed Start yet. */
  isFresh: boolean;
  done: SetupStep[];
  next: SetupStep;
};

/** One line of the first sync. */
export type SyncLineView = {
  key: string;
  name: string;
  state: "waiting" | "running" | "done" | "failed";
  words: string;
  done: number;
  total: number | null;
};

export type SyncView = {
  lines: SyncLineView[];
  isRunning: boolean;
  isDone: boolean;
  failure: string | null;
  people: number;
  requests: number;
  titles: {
    id: number;
    title: string;
    year: number | null;
    posterPath: string | null;
    requester: string | null;
  }[];
};

/** What became of the wizard's test mail, in the words of the mail server. */
export type MailTrialView =
  | { kind: "accepted"; to: string; reply: string }
  | { kind: "failed"; words: string; remedy: string | null; evidence?: string | null };

/** One way to behave: the settings it stands for. */
export type BehaviourChoice = {
  key: string;
  label: string;
  help: string;
  isRecommended?: boolean;
  values: Partial<Record<SettingFieldView["name"], string>>;
};

export type BehaviourGroup = {
  key: "batching" | "quality" | "issues";
  title: string;
  choices: BehaviourChoice[];
};

/** The three questions of the wizard; the numbers behind them can be fine-tuned. */
export const behaviourGroups: BehaviourGroup[] = [
  {
    key: "batching",
    title: "When episodes arrive one after another",
    choices: [
      {
        key: "gather",
        label: "Gather for a few minutes",
        help: "A season that arrives in one evening is one mail, and a single episode does not wait long.",
        isRecommended: true,
        values: {
          NOTIFICATION_INITIAL_DELAY_SECONDS: "420",
          NOTIFICATION_EXTENSION_DELAY_SECONDS: "180",
          NOTIFICATION_MAX_WAIT_SECONDS: "1200",
        },
      },
      {
        key: "soon",
        label: "Tell at once",
        help: "Each mail leaves within a minute or two. A season becomes several mails.",
        values: {
          NOTIFICATION_INITIAL_DELAY_SECONDS: "60",
          NOTIFICATION_EXTENSION_DELAY_SECONDS: "60",
          NOTIFICATION_MAX_WAIT_SECONDS: "180",
        },
      },
      {
        key: "calm",
        label: "As few mails as possible",
        help: "Waits up to an hour for more of the same show.",
        values: {
          NOTIFICATION_INITIAL_DELAY_SECONDS: "1200",
          NOTIFICATION_EXTENSION_DELAY_SECONDS: "600",
          NOTIFICATION_MAX_WAIT_SECONDS: "3600",
        },
      },
    ],
  },
  {
    key: "quality",
    title: "When a file is there, but not yet in the wanted quality",
    choices: [
      {
        key: "now",
        label: "Tell people that they can watch",
        help: "A better file may replace it later, silently.",
        isRecommended: true,
        values: { QUALITY_HOLD_UNTIL_CUTOFF: "false" },
      },
      {
        key: "hold",
        label: "Wait for the wanted quality",
        help: "They hear that it is looked for, and are told when it is met.",
        values: { QUALITY_HOLD_UNTIL_CUTOFF: "true" },
      },
    ],
  },
  {
    key: "issues",
    title: "When somebody reports a bad file in Seerr",
    choices: [
      {
        key: "manual",
        label: "You decide",
        help: "You get a mail, and press Fix.",
        isRecommended: true,
        values: { ISSUE_AUTOFIX_MODE: "manual" },
      },
      {
        key: "auto_notify",
        label: "Look for a replacement, and tell you",
        help: "The release is blocklisted and searched again at once.",
        values: { ISSUE_AUTOFIX_MODE: "auto_notify" },
      },
      {
        key: "auto",
        label: "Look for a replacement, quietly",
        help: "You hear of it only when it does not help.",
        values: { ISSUE_AUTOFIX_MODE: "auto" },
      },
    ],
  },
];

/** The mail providers people have, with what their own help pages say; an address is all that is left to type. */
export const mailProviders: {
  key: string;
  name: string;
  host: string;
  port: string;
  security: "starttls" | "ssl";
  hint: string;
}[] = [
  {
    key: "gmail",
    name: "Gmail",
    host: "smtp.gmail.com",
    port: "587",
    security: "starttls",
    hint: "Sign in with your address and an app password: Google Account, Security, App passwords.",
  },
  {
    key: "icloud",
    name: "iCloud",
    host: "smtp.mail.me.com",
    port: "587",
    security: "starttls",
    hint: "Sign in with your iCloud address and an app-specific password from account.apple.com.",
  },
  {
    key: "fastmail",
    name: "Fastmail",
    host: "smtp.fastmail.com",
    port: "465",
    security: "ssl",
    hint: "Sign in with your address and an app password for SMTP.",
  },
  {
    key: "gmx",
    name: "GMX",
    host: "mail.gmx.net",
    port: "587",
    security: "starttls",
    hint: "Sending by other programs has to be allowed in GMX's settings first.",
  },
  {
    key: "brevo",
    name: "Brevo",
    host: "smtp-relay.brevo.com",
    port: "587",
    security: "starttls",
    hint: "Login and key stand under SMTP & API. The sender has to be confirmed there.",
  },
  {
    key: "sendgrid",
    name: "SendGrid",
    host: "smtp.sendgrid.net",
    port: "587",
    security: "starttls",
    hint: "The user is the word apikey, the password an API key.",
  },
];
