import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { StartupError, systemErrorCode } from "./startup-error";

/**
 * Proves that the web port is free and returns it; 0 finds a free one. Waits up to `patienceMs`
 * for the web process of a killed BingeAlert to let go of it. Throws a StartupError.
 */
export async function reservePort(
  hostname: string,
  port: number,
  patienceMs: number,
): Promise<number> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await listenOnce(hostname, port);
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === "EADDRINUSE" && Date.now() < deadline) {
        await sleep(200);
        continue;
      }
      throw new StartupError(explain(hostname, port, code));
    }
  }
}

function explain(hostname: string, port: number, code: string | undefined): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is already in use by another program. Stop that program, or choose another port, for example PORT=${port + 1}.`;
    case "EACCES":
      return `Port ${port} is reserved for root. Choose a port above 1023, for example PORT=8000.`;
    default:
      return `BingeAlert cannot listen on ${hostname} (${code ?? "unknown reason"}). Set HOSTNAME to an address of this machine, or leave it out.`;
  }
}

function listenOnce(hostname: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, hostname, () => {
      const address = server.address();
      const bound = address && typeof address === "object" ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
