import { verifySmtp } from "@/lib/clients/smtp";
import { type CheckKind, type Finding, serviceRemedy } from "@/lib/domain/health";
import { AppError, UpstreamError } from "@/lib/errors";
import type { Config } from "../load-config";
import { askVersion, type ServiceAddress } from "./ask-version";

/** A connected service and how it is asked whether it works. */
export type ServiceProbe = {
  key: string;
  kind: CheckKind;
  /** As the admin knows it. */
  name: string;
  /** Where it is, without passwords. */
  address: string;
  look: () => Promise<Finding>;
};

/** Every service that is connected: address, and key or login where it has one, are proved, and nothing is changed. */
export function listServiceProbes(config: Config): ServiceProbe[] {
  const { settings, instances } = config;
  const timeoutMs = settings.HEALTH_TIMEOUT_SECONDS * 1000;
  const probes: ServiceProbe[] = [];
  const add = (probe: Omit<ServiceProbe, "look">, ask: () => Promise<string>) => {
    const slowMs = settings.HEALTH_SLOW_SECONDS * 1000;
    probes.push({ ...probe, look: () => judgeService(probe.kind, slowMs, ask) });
  };
  const { JELLYSEERR_URL, JELLYSEERR_API_KEY, PLEX_URL, PLEX_TOKEN } = settings;
  const addService = (key: string, service: ServiceAddress, suffix = "") =>
    add(
      { key, kind: service.service, name: service.name, address: shown(service.url) },
      async () => `${versionWords(await askVersion(service, { timeoutMs }))}${suffix}`,
    );
  if (JELLYSEERR_URL !== "" && JELLYSEERR_API_KEY !== "") {
    const seerr = { url: JELLYSEERR_URL, secret: JELLYSEERR_API_KEY };
    addService("seerr", { service: "seerr", name: "Seerr", ...seerr });
  }
  for (const { key, kind, name, url, apiKey } of instances) {
    addService(key, { service: kind, name, url, secret: apiKey });
  }
  if (PLEX_URL !== "" && PLEX_TOKEN !== "") {
    const plex = { url: PLEX_URL, secret: PLEX_TOKEN };
    addService("plex", { service: "plex", name: "Plex", ...plex }, ", token valid");
  }
  if (settings.SMTP_HOST !== "") {
    const { SMTP_HOST: host, SMTP_PORT: port, SMTP_SECURITY: security } = settings;
    const { SMTP_USER: user, SMTP_PASSWORD: password } = settings;
    const smtp = { host, port, security, user, password, socketTimeoutMs: timeoutMs };
    const login = user === "" ? "Up" : "Up, login works";
    add({ key: "smtp", kind: "smtp", name: "Mail server", address: `${host}:${port}` }, () =>
      verifySmtp(smtp).then(() => login),
    );
  }
  return probes;
}

const versionWords = (version: string | null) => (version ? `Up, version ${version}` : "Up");

/** An address without user, password and query: they may hold keys. */
function shown(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

async function judgeService(
  kind: CheckKind,
  slowMs: number,
  ask: () => Promise<string>,
): Promise<Finding> {
  const startedAt = performance.now();
  const elapsed = () => Math.round(performance.now() - startedAt);
  try {
    const words = await ask();
    const latencyMs = elapsed();
    if (latencyMs < slowMs) return { kind: "ok", words, latencyMs };
    const seconds = (latencyMs / 1000).toFixed(1);
    const remedy = "If it stays so, look at the load of its machine";
    return { kind: "slow", words: `Slow: the answer took ${seconds} s`, remedy, latencyMs };
  } catch (error) {
    if (error instanceof UpstreamError) {
      const remedy = serviceRemedy(kind, error.kind, error.status);
      return { kind: "failed", words: error.message, remedy, latencyMs: elapsed() };
    }
    if (error instanceof AppError) {
      return { kind: "failed", words: error.message, remedy: null, latencyMs: null };
    }
    throw error;
  }
}
