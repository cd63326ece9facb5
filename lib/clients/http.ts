import type { z } from "zod";
import { AppError, UpstreamError } from "@/lib/errors";

type HttpClientOptions = {
  /** Short name for errors and logs, for example `sonarr`. */
  service: string;
  /** Name as the admin knows it, for messages: "Sonarr", "Sonarr anime". */
  name: string;
  /** With its base path, which is kept: `https://host/sonarr`. */
  url: string;
  /** Sent with every request; carries the key. Never in messages. */
  headers: Record<string, string>;
  /** Milliseconds for the whole answer, body included. Default 10 000. */
  timeoutMs?: number;
  /** Largest answer in bytes. Default 20 MB. */
  maxBytes?: number;
};

/** One call: its options, and what it asks for, as its failure says it. */
type Call = HttpClientOptions & { asked?: string };

export type Query = Record<string, string | number | boolean | undefined>;

/** The half of a client that only asks. */
export type HttpReader = {
  /** GETs JSON and parses it. Throws UpstreamError; no retries, jobs retry. */
  get<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    query?: Query,
  ): Promise<z.output<Schema>>;
  /** The same, with null for 404. `html404`: the service answers 404 with a page, as Plex does. */
  getOrNull<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    query?: Query,
    options?: { html404: boolean },
  ): Promise<z.output<Schema> | null>;
};

export type HttpClient = HttpReader & {
  /** POSTs JSON and parses the answer. Sent once: after an UpstreamError it may have been carried out or not. */
  post<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body: unknown,
    query?: Query,
  ): Promise<z.output<Schema>>;
  /** PUTs JSON and parses the answer. Sent once, as with `post`. */
  put<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body: unknown,
  ): Promise<z.output<Schema>>;
  /** POSTs JSON where the answer says nothing, or may be empty. Sent once, as with `post`. */
  trigger(path: string, body: unknown): Promise<void>;
  /** DELETEs. False: there was nothing to delete (404). Sent once, as with `post`. */
  remove(path: string, query?: Query): Promise<boolean>;
};

const megabyte = 1024 * 1024;

/** A reader of one service's JSON API. Throws AppError `not_configured` when `url` is no address. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const base = readBaseUrl(options);
  const call = async (path: string, query?: Query, asking: Asking = {}) => {
    const url = buildUrl(base, path, query);
    const about: Call = { ...options, asked: `${asking.method ?? "GET"} ${url.pathname}` };
    return { about, answer: await request(about, url, asking) };
  };
  const get: HttpClient["get"] = async (path, schema, query) => {
    const { about, answer } = await call(path, query);
    return parseAnswer(about, answer, schema);
  };
  const getOrNull: HttpClient["getOrNull"] = async (path, schema, query, extra) => {
    const { about, answer } = await call(path, query, {
      // A 404 page comes from a proxy or a wrong URL base: it does not say the thing is gone.
      accept404: (contentType) => extra?.html404 === true || contentType.includes("json"),
    });
    return answer.status === 404 ? null : parseAnswer(about, answer, schema);
  };
  const post: HttpClient["post"] = async (path, schema, body, query) => {
    const { about, answer } = await call(path, query, { method: "POST", body });
    return parseAnswer(about, answer, schema);
  };
  const put: HttpClient["put"] = async (path, schema, body) => {
    const { about, answer } = await call(path, {}, { method: "PUT", body });
    return parseAnswer(about, answer, schema);
  };
  const trigger: HttpClient["trigger"] = async (path, body) => {
    const { about, answer } = await call(path, {}, { method: "POST", body });
    refuseWebPage(about, answer);
  };
  const remove: HttpClient["remove"] = async (path, query) => {
    const { about, answer } = await call(path, query, {
      method: "DELETE",
      accept404: (contentType) => contentType.includes("json"),
    });
    refuseWebPage(about, answer);
    return answer.status !== 404;
  };
  return { get, getOrNull, post, put, trigger, remove };
}

type Answer = { status: number; contentType: string; text: string };
type Accept404 = (contentType: string) => boolean;
type Asking = { method?: "GET" | "POST" | "PUT" | "DELETE"; body?: unknown; accept404?: Accept404 };

function readBaseUrl({ name, url }: HttpClientOptions): URL {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new AppError(
      "not_configured",
      `The address of ${name} has to begin with http:// or https://`,
    );
  }
  return base;
}

function buildUrl(base: URL, path: string, query: Query = {}): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
  url.search = "";
  url.hash = "";
  // fetch refuses addresses with a password in them; it goes into a header instead.
  url.username = "";
  url.password = "";
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}

async function request(options: Call, url: URL, asking: Asking = {}): Promise<Answer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  let response = await send(options, url, signal, asking);
  if (isRedirect(response)) {
    const target = redirectTarget(options, url, response);
    await response.body?.cancel();
    response = await send(options, target, signal, asking);
    if (isRedirect(response)) {
      await response.body?.cancel();
      throw fail(options, "status", `${options.name} redirects in circles`, {
        status: response.status,
      });
    }
  }
  const contentType = response.headers.get("content-type")?.toLowerCase() ?? "";
  const text = await readBody(options, response, url);
  if (response.ok || (response.status === 404 && asking.accept404?.(contentType))) {
    return { status: response.status, contentType, text };
  }
  throw statusError(options, response.status, text);
}

async function send(
  options: Call,
  url: URL,
  signal: AbortSignal,
  { method = "GET", body }: Asking,
): Promise<Response> {
  const payload =
    body === undefined
      ? { type: {}, init: {} }
      : { type: { "content-type": "application/json" }, init: { body: JSON.stringify(body) } };
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: "application/json",
        ...payload.type,
        ...credentials(options),
        ...options.headers,
      },
      redirect: "manual",
      signal,
      ...payload.init,
    });
  } catch (cause) {
    throw connectionError(options, url, cause);
  }
}

/** `https://user:password@host` is how people get through a proxy that asks for a password. */
function credentials({ url }: Call): Record<string, string> {
  const { username, password } = new URL(url);
  if (username === "" && password === "") return {};
  const pair = `${percentDecoded(username)}:${percentDecoded(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** A part of an address as it was meant; one with a percent sign that means nothing was meant as it stands. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isRedirect(response: Response): boolean {
  return [301, 302, 303, 307, 308].includes(response.status);
}

/** Where to ask again; throws when following would hand the key to somebody else. */
function redirectTarget(options: Call, from: URL, response: Response): URL {
  const { name } = options;
  const location = response.headers.get("location") ?? "";
  const target = URL.canParse(location, from) ? new URL(location, from) : null;
  const refuse = (message: string) =>
    fail(options, "status", message, { status: response.status, retryable: false });
  if (target === null) throw refuse(`${name} redirects to nowhere`);
  const upgraded = from.protocol === "http:" && target.protocol === "https:";
  if (
    target.hostname !== from.hostname ||
    !(upgraded || (target.protocol === from.protocol && target.port === from.port))
  ) {
    throw refuse(`${name} redirects to ${target.protocol}//${target.host}. Use that address here`);
  }
  if (target.pathname !== from.pathname && target.pathname.endsWith(from.pathname)) {
    const urlBase = target.pathname.slice(0, -from.pathname.length);
    throw refuse(`${name} lives under ${urlBase}: add it to its address`);
  }
  if (/\/login\b/i.test(target.pathname)) {
    throw refuse(`${name} sends to its login page instead of data; is the URL base missing?`);
  }
  return target;
}

async function readBody(options: Call, response: Response, url: URL): Promise<string> {
  const limit = options.maxBytes ?? 20 * megabyte;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // A plain reader: the type of Response.body does not promise async iteration.
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > limit) {
        await reader.cancel();
        const most = Math.round(limit / megabyte);
        throw fail(options, "parse", `${options.name} answered with more than ${most} MB`);
      }
      chunks.push(value);
    }
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    throw connectionError(options, url, cause);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseAnswer<Schema extends z.ZodType>(
  options: Call,
  answer: Answer,
  schema: Schema,
): z.output<Schema> {
  const { name } = options;
  refuseWebPage(options, answer);
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch (cause) {
    throw fail(options, "parse", `${name} answered with something that is not JSON`, {
      status: answer.status,
      cause,
    });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join(".") || "the top";
    throw fail(options, "parse", `${name} answered with data of another shape (at ${where})`, {
      status: answer.status,
      cause: parsed.error,
    });
  }
  return parsed.data;
}

/** A proxy or a wrong URL base answers anything with its page: that is no answer of the service. */
function refuseWebPage(options: Call, answer: Answer): void {
  if (!/html|xml/.test(answer.contentType) && !/^\s*</.test(answer.text)) return;
  throw fail(
    options,
    "parse",
    `${options.name} answered with a web page instead of data; is the URL base missing?`,
    { status: answer.status },
  );
}

function statusError(options: Call, status: number, text: string): UpstreamError {
  const { name } = options;
  const cause = upstreamWords(text);
  if (status === 401 || status === 403) {
    return fail(options, "auth", `${name} is there, but it refused the key`, { status, cause });
  }
  if (status === 404) {
    return fail(
      options,
      "status",
      `${name} does not know this address (404); is the URL base missing?`,
      { status, cause },
    );
  }
  if (status === 429) {
    return fail(options, "status", `${name} asks for fewer requests (429)`, { status, cause });
  }
  return fail(options, "status", `${name} answered with error ${status}`, { status, cause });
}

/** What the service said, for the log; not part of the message, it may name files and addresses. */
function upstreamWords(text: string): Error | undefined {
  const words = text.slice(0, 500).trim();
  return words === "" ? undefined : new Error(words);
}

/** Why no answer came, in words for the admin. */
export function connectionError(options: Call, url: URL, cause: unknown): UpstreamError {
  const { name } = options;
  const code = causeCode(cause);
  const place = url.port === "" ? url.hostname : url.host;
  if (code === "TimeoutError" || /TIMEOUT|ETIMEDOUT/.test(code)) {
    const seconds = Math.round((options.timeoutMs ?? 10_000) / 100) / 10;
    return fail(options, "timeout", `${name} gave no answer within ${seconds} s`, { cause });
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return fail(options, "dns", `The name ${url.hostname} is unknown here`, { cause });
  }
  if (isTlsCode(code)) return fail(options, "tls", tlsWords(name, url.hostname, code), { cause });
  const local = /^(localhost|127\.|\[::1\])/.test(url.hostname)
    ? ". Inside a container “localhost” is the container itself"
    : "";
  return code === "ECONNRESET" || code === "UND_ERR_SOCKET" || code === "EPIPE"
    ? fail(options, "refused", `${name} at ${place} hung up before it answered`, { cause })
    : fail(options, "refused", `Nothing answers at ${place}${local}`, { cause });
}

/** The innermost error code: fetch wraps it, and several addresses wrap it again. */
function causeCode(error: unknown): string {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if (at.name === "TimeoutError") return "TimeoutError";
    if ("code" in at && typeof at.code === "string") return at.code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return "";
}

/** Whether a Node error code speaks of a certificate or a failed TLS handshake. */
export function isTlsCode(code: string): boolean {
  return (
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/.test(code) ||
    code.includes("SELF_SIGNED")
  );
}

/** Why a TLS connection failed, in words; `subject` as in "Plex", `host` as it was asked for. */
export function tlsWords(subject: string, host: string, code: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || code === "HOSTNAME_MISMATCH") {
    return `The certificate of ${subject} belongs to another name than ${host}`;
  }
  if (code === "CERT_HAS_EXPIRED") return `The certificate of ${subject} has expired`;
  if (code.includes("SELF_SIGNED") || code.startsWith("UNABLE_TO_") || code.startsWith("CERT_")) {
    return `The certificate of ${subject} is not signed by an authority known here`;
  }
  return `${subject} does not speak TLS at this port`;
}

function fail(
  options: Call,
  kind: UpstreamError["kind"],
  message: string,
  extra: { status?: number; retryable?: boolean; cause?: unknown } = {},
): UpstreamError {
  return new UpstreamError({
    service: options.service,
    kind,
    message,
    asked: options.asked,
    ...extra,
  });
}
