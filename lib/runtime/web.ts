import { existsSync } from "node:fs";
import http, { type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { getEnvironment } from "@/lib/env";
import { log } from "@/lib/log";
import { keepLogFile } from "@/lib/log-file";
import { takeWebhook } from "@/lib/web/webhook-route";
import { findAppRoot } from "./app-root";
import { addressBelow, pagesFolder } from "./pages-below";
import { onParentGone } from "./parent-gone";
import { stampRequests } from "./peer-stamp";
import { readTrustedProxies } from "./trusted-proxies";
import { takeAtTheDoor } from "./webhook-door";

/** Time for requests under way to finish before their connections are cut. */
const graceMs = 3_000;

const openResponses = new Set<ServerResponse>();
const servers: http.Server[] = [];
let stopping = false;

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");
}

function stop(why: string, patienceMs: number): void {
  if (stopping) return;
  stopping = true;
  log.info("web is stopping", { why });
  for (const server of servers) {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  }
  // A stream never ends by itself; browsers reconnect to the next process.
  for (const response of openResponses) if (isStream(response)) response.socket?.destroy();
  // A kept connection may become idle only now.
  setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, 100);
  setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
    setTimeout(() => process.exit(0), 500);
  }, patienceMs);
  if (servers.length === 0) process.exit(0);
}

function routeConsoleToLog(): void {
  const text = (args: unknown[]) =>
    args.map((arg) => (arg instanceof Error ? (arg.stack ?? arg.message) : String(arg))).join(" ");
  console.log = (...args: unknown[]) => log.debug(text(args));
  console.info = console.log;
  console.warn = (...args: unknown[]) => log.warn(text(args));
  console.error = (...args: unknown[]) => log.error(text(args));
}

function findPages(configDir: string, basePath: string): string {
  try {
    return pagesFolder(findAppRoot(), configDir, basePath);
  } catch (error) {
    log.error("the pages could not be copied to the config folder, where they get BASE_PATH", {
      error,
    });
    return process.exit(1);
  }
}

function loadNext(): void {
  const { CONFIG_DIR, BASE_PATH } = getEnvironment();
  const entry = path.join(findPages(CONFIG_DIR, BASE_PATH), "server.js");
  if (!existsSync(entry)) {
    log.error("the web part is not built; run npm run build", { missing: entry });
    process.exit(1);
  }
  const createServer = http.createServer;
  http.createServer = ((next: http.RequestListener) => {
    const server = createServer((request, response) => {
      // No `Request` can be made of a TRACE: Next would answer each with 500 and an error in the log.
      if (request.method === "TRACE") {
        response.writeHead(405).end();
        return;
      }
      if (takeAtTheDoor(request, response, takeWebhook)) return;
      request.url = addressBelow(request.url ?? "/", BASE_PATH);
      next(request, response);
    });
    servers.push(server);
    server.on("listening", () => {
      process.title = "bingealert web";
      process.send?.({ kind: "listening" });
    });
    return server;
  }) as typeof createServer;
  createRequire(entry)(entry);
}

process.env.NEXT_MANUAL_SIG_HANDLE = "1";
process.on("SIGTERM", () => stop("asked to", graceMs));
process.on("SIGINT", () => stop("asked to", graceMs));
onParentGone(() => stop("the starting process is gone", 500));
keepLogFile("web", getEnvironment().CONFIG_DIR);
routeConsoleToLog();
stampRequests(readTrustedProxies(), (_request, response) => {
  openResponses.add(response);
  response.once("close", () => openResponses.delete(response));
});
loadNext();
