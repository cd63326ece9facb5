/** The parts of the product that something is done to: what the audit is filtered by. */
export const auditAreas = [
  "requests",
  "mails",
  "issues",
  "users",
  "inbox",
  "jobs",
  "maintenance",
  "backups",
  "services",
  "settings",
  "security",
] as const;
export type AuditArea = (typeof auditAreas)[number];

export const auditAreaNames = {
  requests: "Requests",
  mails: "Mails",
  issues: "Issues",
  users: "Users",
  inbox: "Inbox",
  jobs: "Health and jobs",
  maintenance: "Maintenance",
  backups: "Backups",
  services: "Services",
  settings: "Settings",
  security: "Sign-in and security",
} as const satisfies Record<AuditArea, string>;

/** A text is looked for among so many of the newest entries: older ones are found by person and area. */
export const auditSearchDepth = 20_000;
