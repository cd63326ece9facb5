import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ask, type RawAnswer, type RawRequest } from "./raw-http";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type ServerAction = { id: string; name: string; file: string; pages: string[] };

/** Every server action of the build. */
export function builtActions(): ServerAction[] {
  const manifest = readBuild("server-reference-manifest.json") as {
    node: Record<
      string,
      { workers: Record<string, unknown>; filename: string; exportedName: string }
    >;
  };
  return Object.entries(manifest.node).map(([id, entry]) => ({
    id,
    name: entry.exportedName,
    file: entry.filename,
    pages: Object.keys(entry.workers).map((worker) => addressOf(worker.replace(/^app/, ""))),
  }));
}

/** Every page and route of the build, as an address with `[parameters]`. */
export function builtRoutes(): string[] {
  const manifest = readBuild("app-paths-manifest.json") as Record<string, string>;
  return Object.keys(manifest)
    .filter((name) => !/^\/_/.test(name))
    .map(addressOf);
}

/** `/(dashboard)/requests/[id]/page` is served at `/requests/[id]`. */
function addressOf(name: string): string {
  return name.replace(/\/(page|route)$/, "").replace(/\/\([^)]+\)/g, "") || "/";
}

function readBuild(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, ".next", "server", file), "utf8"));
}

/** A browser without scripts, as far as the login needs one: it keeps cookies and sends its origin. */
export class LoginClient {
  readonly cookies = new Map<string, string>();
  constructor(
    readonly port: number,
    readonly from = "127.0.0.1",
    readonly host = `127.0.0.1:${port}`,
  ) {}

  async ask(request: RawRequest): Promise<RawAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await ask(this.port, {
      from: this.from,
      ...request,
      headers: [
        ["Host", this.host],
        ...(cookie ? [["Cookie", cookie] as [string, string]] : []),
        ...(request.headers ?? []),
      ],
    });
    for (const line of answer.cookies) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line))
        this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** Fills in the sign-in form and sends it, as a browser does whose scripts are off. */
  async signIn(
    account: { name: string; password: string; turnstile?: string },
    options: { headers?: [string, string][]; origin?: string } = {},
  ): Promise<RawAnswer> {
    const page = await this.ask({ path: "/login", headers: options.headers ?? [] });
    const form = new FormData();
    for (const [tag] of page.text.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name) form.set(unescapeHtml(name), unescapeHtml(/value="([^"]*)"/.exec(tag)?.[1] ?? ""));
    }
    form.set("name", account.name);
    form.set("password", account.password);
    form.set("cf-turnstile-response", account.turnstile ?? "");
    return this.send("/login", form, options);
  }

  /** Calls a server action as our own pages do. */
  async act(
    page: string,
    actionId: string,
    args: unknown[],
    options: { headers?: [string, string][]; origin?: string } = {},
  ): Promise<RawAnswer> {
    return this.ask({
      method: "POST",
      path: page,
      body: JSON.stringify(args),
      headers: [
        ["Origin", options.origin ?? `http://${this.host}`],
        ["Next-Action", actionId],
        ["Accept", "text/x-component"],
        ["Content-Type", "text/plain;charset=UTF-8"],
        ...(options.headers ?? []),
      ],
    });
  }

  private async send(
    path: string,
    form: FormData,
    options: { headers?: [string, string][]; origin?: string },
  ): Promise<RawAnswer> {
    const encoded = new Response(form);
    return this.ask({
      method: "POST",
      path,
      body: Buffer.from(await encoded.arrayBuffer()),
      headers: [
        ["Origin", options.origin ?? `http://${this.host}`],
        ["Content-Type", encoded.headers.get("content-type") ?? ""],
        ...(options.headers ?? []),
      ],
    });
  }
}

const unescapeHtml = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
