import { startApp, temporaryConfigFolder } from "@/test/support/running-app";
import { figure, heading, median } from "./report";

/** From the start of the process to the first 200 of /health, with the embedded PostgreSQL. */
export async function benchStartUp(): Promise<void> {
  heading("Start to first 200 of /health (embedded PostgreSQL)");
  const config = temporaryConfigFolder();
  const times: number[] = [];
  try {
    for (let round = 0; round < 6; round++) {
      const began = performance.now();
      const app = await startApp({ CONFIG_DIR: config.folder, LOG_LEVEL: "info" });
      times.push(performance.now() - began);
      await app.stop();
    }
  } finally {
    config.remove();
  }
  const [first = 0, ...later] = times;
  figure("first start, empty folder", `${(first / 1000).toFixed(2)} s`);
  figure(
    "second and later starts",
    `median ${(median(later) / 1000).toFixed(2)} s, slowest ${(Math.max(...later) / 1000).toFixed(2)} s`,
  );
}
