import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const files = {
  sink: new URL("./sink.ts", import.meta.url),
  "bare-http": new URL("./bare-http.ts", import.meta.url),
};

/** Starts a server of the benchmark as a process of its own and says where it listens. */
export async function startHelper(
  name: keyof typeof files,
): Promise<{ port: number; stop: () => void }> {
  const child = fork(fileURLToPath(files[name]), {
    execArgv: ["--import", "tsx"],
  });
  const port = await new Promise<number>((resolve) => {
    child.once("message", (message: { port: number }) => resolve(message.port));
  });
  return { port, stop: () => void child.disconnect() };
}
