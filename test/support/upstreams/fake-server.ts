import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** JSON as it goes over the wire: keys that are `undefined` are left out. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a route answers. */
export type Answer =
  | { kind: "json"; status: number; body: Json }
  | { kind: "text"; status: number; type: string; body: string; headers?: Record<string, string> }
  | { kind: "bytes"; status: number; type: string; body: Buffer }
  | { kind: "empty"; status: number; headers?: Record<string, string> };

export type RecordedRequest = {
  method: string;
  /** Path without the query. */
  path: string;
  /** The query as sent, without the question mark. */
  query: string;
  at: Date;
  /** Status answered; null while open, or when no answer was given (time-out, reset). */
  status: number | null;
};

export type Incoming = {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The parsed JSON body, or undefined when there is none or it is not JSON. */
  body: unknown;
};

export type Handler = (incoming: Incoming) => Answer | Promise<Answer>;

/** How a fake misbehaves. Matches every request unless `path` (start of the path, or a pattern) narrows it. */
export type FaultRequest = {
  path?: string | RegExp;
  method?: string;
  /** How many requests it hits before it is used up; without it, until `clear()` or `recover()`. */
  times?: number;
  /** How many matching requests it lets pass first. */
  after?: number;
} & (
  | { kind: "status"; status: number; body?: Json; retryAfter?: string }
  | { kind: "html"; status?: number }
  | { kind: "timeout" }
  | { kind: "reset" }
  | { kind: "garbage" }
);

export type Fault = { /** How many requests it has hit. */ readonly hits: number; clear(): void };

type LiveFault = { request: FaultRequest; hits: number; passed: number };
type Route = { method: string; pattern: RegExp; names: string[]; handler: Handler };

export type FakeServerOptions = {
  /** Fixed port; without it a free one is taken. */
  port?: number;
  /** What the service thinks the time is. */
  now?: () => Date;
};

export const json = (body: Json, status = 200): Answer => ({ kind: "json", status, body });
export const noContent = (status = 204): Answer => ({ kind: "empty", status });

/**
 * A local HTTP service that answers only what it was told to. Everything else is kept in `unexpected` and refused,
 * so that a test notices calls nobody thought of. Faults can be switched on and off while it runs.
 */
export class FakeServer {
  readonly name: string;
  /** Every request received, oldest first. */
  readonly requests: RecordedRequest[] = [];
  /** Requests no route was there for. A test that is sure of itself asserts that this is empty. */
  readonly unexpected: RecordedRequest[] = [];
  protected readonly now: () => Date;
  private readonly routes: Route[] = [];
  private readonly sockets = new Set<Socket>();
  private faults: LiveFault[] = [];
  private lostAnswers: { method: string; left: number } = { method: "", left: 0 };
  private delayMs = 0;
  private server: Server | null = null;
  private listeningPort: number;

  constructor(name: string, options: FakeServerOptions = {}) {
    this.name = name;
    this.now = options.now ?? (() => new Date());
    this.listeningPort = options.port ?? 0;
  }

  /** `http://127.0.0.1:port`, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.listeningPort}`;
  }

  get port(): number {
    return this.listeningPort;
  }

  /** Starts listening on loopback; rejects when the port is taken. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.receive(request, response));
    server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.listeningPort, "127.0.0.1", resolve);
    });
    this.listeningPort = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Closes the port and cuts every open connection. */
  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** The service is gone: connections are refused until `up()`. */
  down(): Promise<void> {
    return this.stop();
  }

  /** The service is back on the same port. */
  async up(): Promise<void> {
    if (!this.server) await this.start();
  }

  /** Makes requests fail; the newest fault that matches wins. */
  fail(request: FaultRequest): Fault {
    const live: LiveFault = { request, hits: 0, passed: 0 };
    this.faults.unshift(live);
    return {
      get hits() {
        return live.hits;
      },
      clear: () => {
        this.faults = this.faults.filter((f) => f !== live);
      },
    };
  }

  /** The next requests of a method are carried out, but the connection breaks before their answer. */
  loseAnswers(method: string, times: number): void {
    this.lostAnswers = { method, left: times };
  }

  /** Answers every request this many milliseconds late. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** Ends every fault and delay. */
  recover(): void {
    this.faults = [];
    this.delayMs = 0;
  }

  /** How many requests were made to paths that begin with the text, or match the pattern. */
  count(path: string | RegExp, method?: string): number {
    return this.requests.filter(
      (r) => matchesPath(path, r.path) && (!method || r.method === method),
    ).length;
  }

  /** Forgets what was asked so far. */
  forgetRequests(): void {
    this.requests.length = 0;
    this.unexpected.length = 0;
  }

  protected route(method: string, path: string, handler: Handler): void {
    const names: string[] = [];
    const source = path.replace(/:(\w+)/g, (_, name: string) => {
      names.push(name);
      return "([^/]+)";
    });
    this.routes.push({ method, pattern: new RegExp(`^${source}$`, "i"), names, handler });
  }

  /** Refuses a request before its route is looked up; null lets it pass. */
  protected guard(_incoming: Incoming): Answer | null {
    return null;
  }

  /** Answers what no route is there for. */
  protected refuse(incoming: Incoming): Answer {
    const words = `The simulated ${this.name} was not told how to answer ${incoming.method} ${incoming.path}`;
    return json({ message: words }, 501);
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "/", query = ""] = splitOnce(request.url ?? "/", "?");
    const method = request.method ?? "GET";
    const record: RecordedRequest = { method, path, query, at: this.now(), status: null };
    this.requests.push(record);
    const text = await readBody(request);
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));

    const fault = this.takeFault(method, path);
    if (fault?.kind === "timeout") return;
    if (fault?.kind === "reset") {
      request.socket.resetAndDestroy();
      return;
    }
    const answer = fault
      ? faultAnswer(fault)
      : await this.answer(record, {
          method,
          path,
          params: {},
          query: new URLSearchParams(query),
          headers: request.headers,
          body: parseJson(text),
        });
    if (this.lostAnswers.left > 0 && this.lostAnswers.method === method) {
      this.lostAnswers.left -= 1;
      request.socket.resetAndDestroy();
      return;
    }
    record.status = answer.status;
    const retryAfter = fault?.kind === "status" ? fault.retryAfter : undefined;
    write(response, answer, retryAfter);
  }

  private async answer(record: RecordedRequest, incoming: Incoming): Promise<Answer> {
    const refused = this.guard(incoming);
    if (refused) return refused;
    for (const route of this.routes) {
      if (route.method !== incoming.method) continue;
      const match = route.pattern.exec(incoming.path);
      if (!match) continue;
      route.names.forEach((name, i) => {
        incoming.params[name] = decodeURIComponent(match[i + 1] ?? "");
      });
      return route.handler(incoming);
    }
    this.unexpected.push(record);
    return this.refuse(incoming);
  }

  private takeFault(method: string, path: string): FaultRequest | null {
    const live = this.faults.find(
      ({ request, hits }) =>
        (request.times === undefined || hits < request.times) &&
        (request.method === undefined || request.method === method) &&
        (request.path === undefined || matchesPath(request.path, path)),
    );
    if (!live) return null;
    if (live.passed < (live.request.after ?? 0)) {
      live.passed += 1;
      return null;
    }
    live.hits += 1;
    return live.request;
  }
}

function matchesPath(wanted: string | RegExp, path: string): boolean {
  return typeof wanted === "string" ? path.startsWith(wanted) : wanted.test(path);
}

function faultAnswer(fault: FaultRequest): Answer {
  switch (fault.kind) {
    case "status":
      return json(fault.body ?? { message: "The service is having trouble" }, fault.status);
    case "html":
      return htmlPage(fault.status ?? 200, "Bad gateway");
    default:
      return {
        kind: "text",
        status: 200,
        type: "application/json",
        body: '{"page":1,"records":[{"id":',
      };
  }
}

/** A page as a proxy or a single-page application would answer it. */
export function htmlPage(status: number, title: string): Answer {
  const body = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { kind: "text", status, type: "text/html", body };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The caller hung up while sending; what arrived is all there will be.
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function write(response: ServerResponse, answer: Answer, retryAfter: string | undefined): void {
  if (retryAfter !== undefined) response.setHeader("Retry-After", retryAfter);
  response.statusCode = answer.status;
  switch (answer.kind) {
    case "json":
      response.setHeader("Content-Type", "application/json; charset=utf-8");
      response.end(JSON.stringify(answer.body));
      return;
    case "text":
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value);
      response.setHeader("Content-Type", answer.type);
      response.end(answer.body);
      return;
    case "bytes":
      response.setHeader("Content-Type", answer.type);
      response.end(answer.body);
      return;
    case "empty":
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value);
      response.end();
  }
}
