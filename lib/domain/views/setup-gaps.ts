import type { Instance, InstanceProblem } from "../instance";
import type { SettingProblem, Settings } from "../settings";

/** Something that is not connected, or a setting that is not understood. */
export type SetupGapView = {
  key: string;
  /** Without it no mail leaves, or only on half the news. */
  weight: "blocks" | "limits";
  headline: string;
  /** What follows from it. */
  detail: string;
  /** Settings that put it right, as they are written in the environment. */
  names: string[];
  /** Where it is put right; null where no page does. */
  remedy: { label: string; href: string } | null;
};

const connect = { label: "Connect", href: "/settings/services" };
const security = { label: "Set", href: "/settings/security" };

/** What keeps BingeAlert from doing all of its work, in words, the worst first. */
export function setupGaps(config: {
  settings: Settings;
  instances: readonly Pick<Instance, "kind">[];
  problems: readonly (SettingProblem | InstanceProblem)[];
  isWebhookSecretLost: boolean;
}): SetupGapView[] {
  const { settings, instances, problems, isWebhookSecretLost } = config;
  const isEmpty = (...names: (keyof Settings)[]) => names.some((name) => settings[name] === "");
  const gaps: SetupGapView[] = [];
  if (isEmpty("JELLYSEERR_URL", "JELLYSEERR_API_KEY")) {
    gaps.push({
      key: "seerr",
      weight: "blocks",
      headline: "Seerr is not connected",
      detail: "People and what they ask for are not known.",
      names: ["JELLYSEERR_URL", "JELLYSEERR_API_KEY"],
      remedy: connect,
    });
  }
  if (instances.length === 0) {
    gaps.push({
      key: "instances",
      weight: "blocks",
      headline: "Neither Sonarr nor Radarr is connected",
      detail: "What was fetched cannot be read, so nobody is told.",
      names: ["SONARR_URL", "SONARR_API_KEY", "RADARR_URL", "RADARR_API_KEY"],
      remedy: connect,
    });
  }
  if (isEmpty("SMTP_HOST", "SMTP_FROM")) {
    gaps.push({
      key: "smtp",
      weight: "blocks",
      headline: "No mail server is set up",
      detail: "Mails are planned and wait; none leaves.",
      names: ["SMTP_HOST", "SMTP_FROM"],
      remedy: { label: "Set up", href: "/settings/mail" },
    });
  }
  if (isWebhookSecretLost) {
    gaps.push({
      key: "webhook-secret",
      weight: "blocks",
      headline: "The webhook secret is lost",
      detail: "All webhooks are refused; what they would have said is found by the next check.",
      names: ["WEBHOOK_SECRET"],
      remedy: security,
    });
  }
  for (const problem of problems) {
    gaps.push({
      key: `setting-${problem.name}`,
      weight: "limits",
      headline: `${problem.name} is not understood`,
      detail: `${problem.words}.`,
      names: [],
      remedy: null,
    });
  }
  if (isEmpty("PLEX_URL", "PLEX_TOKEN")) {
    gaps.push({
      key: "plex",
      weight: "limits",
      headline: "Plex is not connected",
      detail: "Mails leave by the timer alone: one may arrive before Plex can play it.",
      names: ["PLEX_URL", "PLEX_TOKEN"],
      remedy: connect,
    });
  }
  if (isEmpty("PUBLIC_BASE_URL")) {
    gaps.push({
      key: "public",
      weight: "limits",
      headline: "The public address is not known",
      detail: "Mails carry no link to unsubscribe with one click.",
      names: ["PUBLIC_BASE_URL"],
      remedy: security,
    });
  }
  return gaps;
}
