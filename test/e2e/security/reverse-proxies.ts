import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ask } from "../../support/raw-http";
import { peers } from "./guarded-app";

/** The settings of docs/reverse-proxy.md; added is only where the connections to BingeAlert come from. */
export const reverseProxies = {
  nginx: {
    places: ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"],
    file: "nginx.conf",
    args: (file: string, folder: string) => ["-c", file, "-p", folder, "-g", "daemon off;"],
    settings: nginxSettings,
    choosesAddress: true,
  },
  Caddy: {
    places: ["/usr/bin/caddy", "/usr/local/bin/caddy", "/opt/homebrew/bin/caddy"],
    file: "Caddyfile",
    args: (file: string) => ["run", "--config", file, "--adapter", "caddyfile"],
    settings: caddySettings,
    // Debian's is too old for it.
    choosesAddress: false,
  },
} as const;

type ProxySettings = {
  folder: string;
  listen: number;
  upstream: number;
  /** Empty at the root. */
  basePath: string;
  /** An address that the proxy itself answers with 204: whoever else has the port does not know it. */
  sign: string;
};

type RunningProxy = { port: number; stop: () => Promise<void> };

export type ReverseProxyName = keyof typeof reverseProxies;

/** Where the program is; undefined when this machine has none. */
export function findProxy(name: ReverseProxyName): string | undefined {
  return reverseProxies[name].places.find(existsSync);
}

/**
 * Runs the proxy in front of `upstream`, on a free port of 127.0.0.1, until `stop`. It passes on what is below
 * `basePath`, nginx with the path and Caddy without it.
 */
export async function startProxy(
  name: ReverseProxyName,
  upstream: number,
  basePath = "",
): Promise<RunningProxy> {
  // What is free now may be taken by another test a moment later.
  for (let tries = 0; tries < 5; tries++) {
    const proxy = await tryToStart(name, upstream, basePath);
    if (proxy) return proxy;
  }
  throw new Error(`${name} does not start`);
}

/** Null when it ended, or when somebody else answers at its port. */
async function tryToStart(
  name: ReverseProxyName,
  upstream: number,
  basePath: string,
): Promise<RunningProxy | null> {
  const listen = await findFreePort();
  const proxy = reverseProxies[name];
  const folder = mkdtempSync(path.join(os.tmpdir(), "bingealert-proxy-"));
  const file = path.join(folder, proxy.file);
  const relay = proxy.choosesAddress ? null : await startRelay(upstream);
  const sign = `/${randomUUID()}`;
  writeFileSync(
    file,
    proxy.settings({ folder, listen, upstream: relay?.port ?? upstream, basePath, sign }),
  );
  const child = spawn(findProxy(name) ?? name, proxy.args(file, folder), {
    stdio: "ignore",
    // Caddy keeps its state below these; nothing of the user's own is touched.
    env: { PATH: process.env.PATH, NODE_ENV: "test", HOME: folder, XDG_DATA_HOME: folder },
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
    }
    relay?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 1_200 && child.exitCode === null; tries++) {
    const answer = await ask(listen, { path: sign }).catch(() => null);
    if (answer?.status === 204) return { port: listen, stop };
    await wait(50);
  }
  await stop();
  return null;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Passes connections on byte by byte, from the address of the listed proxy. */
async function startRelay(upstream: number): Promise<{ port: number; stop: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect({ host: "127.0.0.1", port: upstream, localAddress: peers.proxy });
    incoming.pipe(outgoing).pipe(incoming);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function nginxSettings({ folder, listen, upstream, basePath, sign }: ProxySettings): string {
  return `
error_log ${folder}/error.log;
pid ${folder}/nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${listen};
    location = ${sign} { return 204; }
    location ${basePath || "/"} {
      proxy_pass http://127.0.0.1:${upstream};
      proxy_bind ${peers.proxy};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_read_timeout 1h;
    }
  }
}
`;
}

function caddySettings({ listen, upstream, basePath, sign }: ProxySettings): string {
  const block = basePath === "" ? "handle" : `handle_path ${basePath}*`;
  return `
{
	admin off
	auto_https off
}
http://:${listen} {
	bind 127.0.0.1
	handle ${sign} {
		respond 204
	}
	${block} {
		reverse_proxy 127.0.0.1:${upstream}
	}
}
`;
}
