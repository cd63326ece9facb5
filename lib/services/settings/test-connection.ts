import { STATUS_CODES } from "node:http";
import { verifySmtp } from "@/lib/clients/smtp";
import { type CheckKind, serviceRemedy } from "@/lib/domain/health";
import { AppError, UpstreamError } from "@/lib/errors";
import { askVersion, type ServiceAddress } from "../health/ask-version";
import type { Config } from "../load-config";

export type TrialResult =
  | { kind: "works"; words: string; detail: string }
  | {
      kind: "failed";
      words: string;
      remedy: string | null;
      /** What was asked and what came back, for whoever looks into it; null when nothing was asked. */
      evidence: string | null;
    };

/** Asks a service who it is, with values that need not be saved yet. Changes nothing anywhere. */
export async function testConnection(trial: ServiceAddress): Promise<TrialResult> {
  const { name } = trial;
  const result = await tried(trial.service, async () => {
    const version = await askVersion(trial);
    const what = trial.service === "plex" ? "token" : "key";
    return { words: `${name} answers and the ${what} works`, version };
  });
  const hint = keyLengthHint(trial);
  return hint && result.kind === "failed" && result.words.includes("refused the key")
    ? { ...result, remedy: `${result.remedy}. ${hint}` }
    : result;
}

/** Keys of Sonarr and Radarr have this many characters, all versions. */
const servarrKeyLength = 32;

/** A key that was copied in part is the usual mistake. */
function keyLengthHint({ service, secret }: ServiceAddress): string | null {
  const isServarr = service === "sonarr" || service === "radarr";
  return isServarr && secret.length > 0 && secret.length !== servarrKeyLength
    ? `Yours has ${secret.length} characters, a key has ${servarrKeyLength}`
    : null;
}

/** Connects to the mail server and logs in, without sending anything. */
export async function testMailServer({ settings }: Pick<Config, "settings">): Promise<TrialResult> {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_SECURITY: security } = settings;
  if (host === "") {
    const words = "No mail server is set up";
    return { kind: "failed", words, remedy: "Enter its name and save", evidence: null };
  }
  return tried("smtp", async () => {
    const { SMTP_USER: user, SMTP_PASSWORD: password } = settings;
    await verifySmtp({ host, port, security, user, password });
    const words = user === "" ? `${host} answers` : `${host} answers and the login works`;
    return { words, version: null };
  });
}

async function tried(
  kind: CheckKind,
  work: () => Promise<{ words: string; version: string | null }>,
): Promise<TrialResult> {
  const startedAt = performance.now();
  const tookWords = () => `${Math.max(1, Math.round(performance.now() - startedAt))} ms`;
  try {
    const { words, version } = await work();
    const took = tookWords();
    return {
      kind: "works",
      words,
      detail: version ? `Version ${version}, answered in ${took}` : `Answered in ${took}`,
    };
  } catch (error) {
    if (error instanceof UpstreamError) {
      const remedy = serviceRemedy(kind, error.kind, error.status);
      return {
        kind: "failed",
        words: error.message,
        remedy,
        evidence: evidenceOf(error, tookWords()),
      };
    }
    if (error instanceof AppError) {
      return { kind: "failed", words: error.message, remedy: null, evidence: null };
    }
    throw error;
  }
}

/** As in `GET /api/v3/system/status · 401 Unauthorized · 38 ms`. */
function evidenceOf({ asked, status }: UpstreamError, took: string): string | null {
  if (asked === undefined) return null;
  const answer = status === undefined ? "no answer" : `${status} ${STATUS_CODES[status] ?? ""}`;
  return [asked, answer.trim(), took].join(" · ");
}
