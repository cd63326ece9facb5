import os from "node:os";
import path from "node:path";
import { z } from "zod";

const port = z.coerce
  .number("is not a number")
  .int("is not a whole number")
  .min(0, "is below 0")
  .max(65_535, "is above 65535");

const processEnvironment = z.object({
  CONFIG_DIR: z
    .string()
    .default("./config")
    .transform((folder) => path.resolve(folder)),
  PORT: port.default(8000),
  /** The address to listen on. Docker puts the machine's name in it, which nobody chose. */
  HOSTNAME: z
    .string()
    .default("0.0.0.0")
    .transform((name) => (name === os.hostname() ? "0.0.0.0" : name)),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "does not begin with postgres:// or postgresql://")
    .optional(),
  ROLE: z.enum(["all", "web", "worker"], "is not one of all, web, worker").default("all"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "is not one of debug, info, warn, error")
    .default("info"),
  LOG_FORMAT: z.enum(["json", "pretty"], "is not one of json, pretty").optional(),
  TZ: z.string().refine(isTimeZone, "is not a time zone such as Europe/Berlin").optional(),
  /** The path below which everything is served, in the spelling of `/binge`; empty at the root. */
  BASE_PATH: z
    .string()
    .default("")
    .transform((text) => text.replace(/^\/*(.*?)\/*$/, (_whole, path) => (path ? `/${path}` : "")))
    .refine(isPlainPath, "is not a path of letters, digits and . _ - such as /binge")
    .refine(isFree, "begins like an address of BingeAlert itself: take another, such as /binge"),
});

/** What a process reads from its environment alone; all other settings have a reader of their own. */
export type ProcessEnvironment = z.infer<typeof processEnvironment>;

export type ParsedEnvironment =
  | { kind: "ok"; env: ProcessEnvironment }
  /** One sentence per variable that cannot be used. */
  | { kind: "wrong"; problems: string[] };

/** Parses `source`; an empty variable counts as absent. */
export function parseEnvironment(source: NodeJS.ProcessEnv): ParsedEnvironment {
  const given = Object.fromEntries(
    Object.entries(source)
      .map(([name, value]) => [name, value?.trim()])
      .filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = processEnvironment.safeParse(given);
  if (result.success) return { kind: "ok", env: result.data };
  return {
    kind: "wrong",
    problems: result.error.issues.map(({ path: [name], message }) => {
      // A connection string holds a password.
      const shown = name === "DATABASE_URL" ? "" : ` (${String(given[String(name)])})`;
      return `${String(name)}${shown} ${message}.`;
    }),
  };
}

let parsed: ProcessEnvironment | undefined;

/** The environment of this process, parsed once. Throws an Error whose message names what is wrong. */
export function getEnvironment(): ProcessEnvironment {
  if (parsed) return parsed;
  const result = parseEnvironment(process.env);
  if (result.kind === "wrong") throw new Error(result.problems.join(" "));
  parsed = result.env;
  return parsed;
}

/** It is written into programs, patterns and addresses, and means the same in all of them. */
function isPlainPath(path: string): boolean {
  return /^(\/[A-Za-z0-9._-]+)*$/.test(path) && !/\/\.+(\/|$)/.test(path);
}

/** What the addresses of pages and routes begin with. */
const ownNames = (
  "activity backups docs inbox issues logs maintenance notifications redoc requests runs settings statistics system " +
  "upcoming users login setup api calendar follow health metrics open openapi.json palette posters u webhooks _next"
).split(" ");

/** Behind a proxy that takes the path off, `/requests` could be a page or the home below that path. */
function isFree(path: string): boolean {
  return !ownNames.includes(path.split("/")[1] ?? "");
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
