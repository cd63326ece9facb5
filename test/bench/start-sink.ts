import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts the mail sink and says where it listens. */
export async function startSink(): Promise<{ port: number; stop: () => void }> {
  const child = fork(fileURLToPath(new URL("./sink.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const port = await new Promise<number>((resolve) => {
    child.once("message", (message: { port: number }) => resolve(message.port));
  });
  return { port, stop: () => void child.disconnect() };
}
