import { setLogLevel } from "@/lib/log";
import { setKeptMegabytes } from "@/lib/log-file";
import type { Config } from "../load-config";

/** Applies what the settings say about this process's log, and hands the configuration on. */
export function withLogSettings(config: Config): Config {
  setLogLevel(config.settings.LOG_LEVEL);
  setKeptMegabytes(config.settings.LOG_KEEP_MB);
  return config;
}
