/** When set-up is over, and how far it is. Pure. */

/** The steps of the wizard after its welcome, in order. */
export const setupSteps = ["mail", "services", "sync", "behaviour", "security"] as const;
export type SetupStep = (typeof setupSteps)[number];

/**
 * Whether a set of names says all that mails need: Seerr, a Sonarr or Radarr, and a mail server with a sender. Each
 * may also be given as `NAME_FILE`.
 */
export function namesAllConnections(texts: Partial<Record<string, string>>): boolean {
  const has = (name: string) =>
    (texts[name]?.trim() ?? "") !== "" || (texts[`${name}_FILE`]?.trim() ?? "") !== "";
  const instance = Object.keys(texts)
    .flatMap((name) => /^((?:SONARR|RADARR)(?:_[A-Z0-9]+)*)_URL(?:_FILE)?$/.exec(name)?.[1] ?? [])
    .some((prefix) => has(`${prefix}_URL`) && has(`${prefix}_API_KEY`));
  return instance && ["JELLYSEERR_URL", "JELLYSEERR_API_KEY", "SMTP_HOST", "SMTP_FROM"].every(has);
}

/** The steps that are done, from what is set up and what was confirmed. */
export function doneSteps(facts: {
  hasMailServer: boolean;
  isMailConfirmed: boolean;
  hasSeerr: boolean;
  instances: number;
  isSynced: boolean;
  isBehaviourChosen: boolean;
}): ReadonlySet<SetupStep> {
  const done = new Set<SetupStep>();
  if (facts.hasMailServer && facts.isMailConfirmed) done.add("mail");
  if (facts.hasSeerr && facts.instances > 0) done.add("services");
  if (facts.isSynced) done.add("sync");
  if (facts.isBehaviourChosen) done.add("behaviour");
  return done;
}

/** Where to go on: the first step that is not done. */
export function nextStep(done: ReadonlySet<SetupStep>): SetupStep {
  return setupSteps.find((step) => !done.has(step)) ?? "security";
}

/** A set-up token as it was typed, without what people add or get wrong: case, blanks, dashes. */
export function plainToken(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
}
