import { readConfigEnv, writeConfigEnv } from "@/lib/config-file";
import type { InstanceKind } from "@/lib/domain/instance";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { announceChange } from "@/lib/store/changes";
import type { ServiceContext } from "../context";
import { isLocked, isMask, placeOf } from "./change-settings";

/** What the form says about a Sonarr or Radarr. */
export type InstanceFields = {
  /** Null adds one. */
  key: string | null;
  kind: InstanceKind;
  name: string;
  url: string;
  /** Null keeps the key there is. */
  apiKey: string | null;
  isFourK: boolean;
};

/** The beginning of an instance's variables: `SONARR_ANIME` of `sonarr-anime`. */
export const instancePrefix = (key: string): string => key.toUpperCase().replaceAll("-", "_");

/**
 * Adds or changes a Sonarr or Radarr in the `.env` of the config folder; what it holds is compared next. Returns its
 * key. Throws `conflict` for one the environment gives and for a name or an address that is taken, `bad_request` for what does not fit.
 */
export async function saveInstance(
  ctx: ServiceContext,
  fields: InstanceFields,
  env: Partial<Record<string, string>>,
): Promise<string> {
  const { configDir, instances } = await ctx.loadConfig();
  const url = fields.url.trim();
  const name = fields.name.trim();
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AppError("bad_request", "The address begins with http:// or https://");
  }
  if (name === "") throw new AppError("bad_request", "Give it a name");
  const known = instances.find((instance) => instance.key === fields.key);
  if (fields.key !== null && !known) throw new AppError("not_found", "It was removed meanwhile");
  const typed = fields.apiKey?.trim() ?? "";
  const apiKey = typed === "" || isMask(typed) ? known?.apiKey : typed;
  if (!apiKey) throw new AppError("bad_request", "The API key is missing");
  for (const other of instances) {
    if (other.kind !== fields.kind || other.key === fields.key) continue;
    if (addressOf(other.url) === addressOf(url)) {
      throw new AppError("conflict", `${other.name} is connected at this address already`);
    }
    if (other.name.toLowerCase() === name.toLowerCase()) {
      throw new AppError("conflict", `There is ${other.name} already: give this one another name`);
    }
  }
  const taken = new Set(instances.map((instance) => instance.key));
  const key = known?.key ?? freeKey(fields.kind, name, taken);
  const prefix = instancePrefix(key);
  refuseLocked(prefix, env);
  if (known && apiKey === known.apiKey && placeOf(known.url) !== placeOf(url) && typed !== apiKey) {
    throw new AppError(
      "bad_request",
      "Enter the API key as well: the saved one stays with its address",
    );
  }
  writeConfigEnv(configDir, {
    [`${prefix}_URL`]: url,
    [`${prefix}_API_KEY`]: apiKey,
    [`${prefix}_NAME`]: name,
    [`${prefix}_IS_4K`]: String(fields.isFourK),
  });
  await applyNow(ctx);
  return key;
}

/** Takes a Sonarr or Radarr out of the configuration. What people were told stays known. */
export async function removeInstance(
  ctx: ServiceContext,
  key: string,
  env: Partial<Record<string, string>>,
): Promise<void> {
  const { configDir } = await ctx.loadConfig();
  const prefix = instancePrefix(key);
  refuseLocked(prefix, env);
  const names = ["URL", "API_KEY", "NAME", "IS_4K"].map((suffix) => `${prefix}_${suffix}`);
  const inFile = readConfigEnv(configDir);
  if (inFile[`${prefix}_URL`] === undefined) throw new AppError("not_found", "It is gone already");
  writeConfigEnv(configDir, Object.fromEntries(names.map((name) => [name, null])));
  await applyNow(ctx);
}

/** What tells one instance from another at the same place: its URL base too. */
const addressOf = (url: string): string =>
  URL.canParse(url) ? `${placeOf(url)}${new URL(url).pathname.replace(/\/+$/, "")}` : url;

function refuseLocked(prefix: string, env: Partial<Record<string, string>>): void {
  for (const suffix of ["URL", "API_KEY"]) {
    const variable = `${prefix}_${suffix}`;
    if (!isLocked(variable, env)) continue;
    const words = `It is set by the environment: change ${variable} where BingeAlert is started`;
    throw new AppError("conflict", words);
  }
}

/** `sonarr` for the first one, then after its name: `sonarr-anime`. */
function freeKey(kind: InstanceKind, name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(kind)) return kind;
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(new RegExp(`^${kind}\\b`), "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  for (let number = 2; ; number++) {
    const candidate =
      slug === ""
        ? `${kind}-${number}`
        : number === 2
          ? `${kind}-${slug}`
          : `${kind}-${slug}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

async function applyNow(ctx: ServiceContext): Promise<void> {
  const { db } = ctx.database;
  await enqueue(db, "run_worker", { name: "reconcile", trigger: "admin" });
  await announceChange(db, "settings");
}
