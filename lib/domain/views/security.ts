/** What the page about sign-in and security shows. */

export type SecurityField = {
  name: string;
  label: string;
  help: string;
  /** Never a secret: those show only whether they are set. */
  value: string;
  unit: string;
  /** Given by the environment, so not to be changed here. */
  isLocked: boolean;
  isSecret: boolean;
  /** For secrets: the last signs of a long one, or that it is set. */
  secretHint: string | null;
};

export type SessionView = {
  publicId: string;
  name: string;
  browser: string;
  address: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isThisOne: boolean;
};

export type ApiKeyView = {
  keyId: number;
  name: string;
  hint: string;
  scope: "read" | "admin";
  createdAt: Date;
  createdBy: string;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
};

/** A browser and its system, as far as its name says; never the whole of it. */
export function browserWords(userAgent: string | null): string {
  if (!userAgent) return "Unknown browser";
  const browser = [
    ["Edge", /\bEdg(?:e|A|iOS)?\//],
    ["Opera", /\bOPR\//],
    ["Firefox", /\b(?:Firefox|FxiOS)\//],
    ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
    ["Safari", /\bSafari\//],
  ].find(([, sign]) => (sign as RegExp).test(userAgent))?.[0];
  const system = [
    ["Android", /Android/],
    ["iPhone", /iPhone/],
    ["iPad", /iPad/],
    ["Windows", /Windows/],
    ["macOS", /Mac OS X/],
    ["Linux", /Linux/],
  ].find(([, sign]) => (sign as RegExp).test(userAgent))?.[0];
  if (!browser) return userAgent.slice(0, 40);
  return system ? `${browser} on ${system}` : `${browser}`;
}

/** How a sender of webhooks is set up. */
export type SenderHelp = {
  name: string;
  where: string;
  path: string;
  secret: string;
  switchOn: string;
};

export const senderHelp: SenderHelp[] = [
  {
    name: "Seerr",
    where: "Settings, Notifications, Webhook",
    path: "/webhooks/seerr",
    secret: "Enter it as Authorization Header",
    switchOn:
      "Request Pending Approval, Approved, Automatically Approved, Available, Declined, Processing Failed; all of Issues",
  },
  {
    name: "Sonarr",
    where: "Settings, Connect, Webhook",
    path: "/webhooks/sonarr",
    secret: "Enter it as Password; the user name may be anything",
    switchOn:
      "On Grab, On File Import, On File Upgrade, On Import Complete, On Episode File Delete, On Manual Interaction Required",
  },
  {
    name: "Radarr",
    where: "Settings, Connect, Webhook",
    path: "/webhooks/radarr",
    secret: "Enter it as Password; the user name may be anything",
    switchOn:
      "On Grab, On File Import, On File Upgrade, On Movie File Delete, On Manual Interaction Required",
  },
];
