/** A configured Sonarr or Radarr. */
export type InstanceKind = "sonarr" | "radarr";

export type Instance = {
  /** `sonarr`, `sonarr-anime`, `radarr-4k`: stable, lower case, also the webhook's path suffix after the kind. */
  key: string;
  kind: InstanceKind;
  name: string;
  url: string;
  apiKey: string;
  /** Serves the 4K requests of its kind. */
  isFourK: boolean;
};

export type InstanceProblem = { name: string; words: string };

const urlName = /^(SONARR|RADARR)(?:_([A-Z0-9]+(?:_[A-Z0-9]+)*))?_URL$/;

/**
 * Reads instances from environment-like names: `SONARR_URL` is the default one, `SONARR_ANIME_URL`,
 * `SONARR_2_URL`, … are further ones, each with `…_API_KEY` and optionally `…_NAME` and `…_IS_4K`.
 * An instance whose name contains 4K (or UHD) serves 4K requests unless `…_IS_4K=false` says otherwise.
 */
export function readInstances(texts: Partial<Record<string, string>>): {
  instances: Instance[];
  problems: InstanceProblem[];
} {
  const instances: Instance[] = [];
  const problems: InstanceProblem[] = [];
  for (const [name, value] of Object.entries(texts)) {
    const match = urlName.exec(name);
    const url = value?.trim().replace(/\/+$/, "");
    if (!match || !url) continue;
    const prefix = name.slice(0, -"_URL".length);
    const kind = match[1] === "SONARR" ? "sonarr" : "radarr";
    const slug = match[2]?.toLowerCase().replaceAll("_", "-");
    const apiKey = texts[`${prefix}_API_KEY`]?.trim() ?? "";
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      problems.push({ name, words: `${name} is no address that begins with http:// or https://` });
      continue;
    }
    if (apiKey === "") {
      problems.push({ name, words: `${prefix}_API_KEY is missing, so ${name} is not used` });
      continue;
    }
    const displayName = texts[`${prefix}_NAME`]?.trim() || defaultName(kind, slug);
    const fourK = texts[`${prefix}_IS_4K`]?.trim().toLowerCase();
    instances.push({
      key: slug ? `${kind}-${slug}` : kind,
      kind,
      name: displayName,
      url,
      apiKey,
      isFourK: fourK
        ? fourK === "true" || fourK === "1"
        : /(^|[^a-z0-9])(4k|uhd)($|[^a-z0-9])/i.test(`${slug ?? ""} ${displayName}`),
    });
  }
  instances.sort((a, b) => a.key.localeCompare(b.key));
  return { instances, problems };
}

function defaultName(kind: InstanceKind, slug: string | undefined): string {
  const product = kind === "sonarr" ? "Sonarr" : "Radarr";
  if (!slug) return product;
  const words = slug
    .split("-")
    .map((w) => (w === "4k" ? "4K" : w.charAt(0).toUpperCase() + w.slice(1)));
  return `${product} ${words.join(" ")}`;
}

/** What a webhook says about which instance sent it. */
export type InstanceHint = {
  kind: InstanceKind;
  pathInstance: string | null;
  instanceName: string | null;
  applicationUrl: string | null;
};

/**
 * Finds the instance that sent a webhook: by the path, then by what the instance calls itself, then the default
 * one. Null when the path names none that is configured, or when nothing tells several apart.
 */
export function resolveInstance(
  instances: readonly Instance[],
  hint: InstanceHint,
): Instance | null {
  const candidates = instances.filter((i) => i.kind === hint.kind);
  if (hint.pathInstance) {
    const wanted = hint.pathInstance.toLowerCase();
    return candidates.find((i) => i.key === wanted || i.key === `${hint.kind}-${wanted}`) ?? null;
  }
  if (candidates.length <= 1) return candidates[0] ?? null;
  const url = hint.applicationUrl ? comparableUrl(hint.applicationUrl) : null;
  const byUrl = url ? candidates.filter((i) => comparableUrl(i.url) === url) : [];
  if (byUrl.length === 1) return byUrl[0] ?? null;
  const name = hint.instanceName?.trim().toLowerCase();
  const byName = name ? candidates.filter((i) => i.name.toLowerCase() === name) : [];
  if (byName.length === 1) return byName[0] ?? null;
  return candidates.find((i) => i.key === hint.kind) ?? null;
}

function comparableUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return `${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`.toLowerCase();
}
