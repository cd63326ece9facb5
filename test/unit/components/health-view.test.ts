import { describe, expect, it } from "vitest";
import { checkKinds } from "@/lib/domain/health";
import { newsOfCheck } from "@/lib/domain/health-news";
import {
  type HealthServiceView,
  type HealthView,
  healthVerdict,
  jobTitle,
} from "@/lib/domain/views/health";

const service = (
  name: string,
  kind: HealthServiceView["status"]["kind"] = "up",
): HealthServiceView => ({
  key: name.toLowerCase(),
  name,
  address: `http://${name.toLowerCase()}`,
  status: { kind, word: "" },
  trouble: null,
  stretches: [],
  latencies: [],
  latencyMs: null,
  isSlow: false,
});

function verdict(services: HealthServiceView[], changes: Partial<HealthView> = {}): string {
  return healthVerdict({
    services,
    historyDays: 14,
    watched: [],
    jobs: [],
    failing: [],
    restarts: [],
    channels: [],
    deliveries: [],
    workers: [],
    checkedAt: new Date(),
    nextCheckAt: null,
    isChecking: false,
    maintenance: null,
    ...changes,
  });
}

describe("the verdict", () => {
  const disk = {
    key: "disk",
    name: "Config folder",
    status: "down" as const,
    words: "205 MB of 120 GB free",
    remedy: null,
  };
  it.each([
    ["Everything runs.", [service("Seerr"), service("Plex")], {}],
    ["Everything runs. Plex has trouble.", [service("Seerr"), service("Plex", "slow")], {}],
    ["Plex does not work.", [service("Seerr", "slow"), service("Plex", "down")], {}],
    ["Seerr and Plex do not work.", [service("Seerr", "down"), service("Plex", "down")], {}],
    ["3 services do not work.", ["A", "B", "C"].map((name) => service(name, "down")), {}],
    [
      "The services work. Config folder: 205 MB of 120 GB free.",
      [service("Seerr")],
      { watched: [disk] },
    ],
    ["Nothing has been checked yet.", [service("Seerr", "waiting")], { checkedAt: null }],
    [
      "No service is connected yet.",
      [{ ...service("Seerr", "declined"), address: null }],
      { checkedAt: null },
    ],
  ])("%s", (words, services, changes) => {
    expect(verdict(services, changes)).toBe(words);
  });
});

it("names a job nobody gave a name", () => {
  expect(jobTitle("reconcile")).toBe("Check for missed");
  expect(jobTitle("collect_movie")).toBe("Collect movie");
});

describe("what is told of a check", () => {
  it.each(checkKinds)("%s: plain sentences, the SMTP one not by mail", (kind) => {
    for (const news of ["down", "still_down", "recovered"] as const) {
      const told = newsOfCheck(
        {
          kind,
          name: "Sonarr",
          address: "http://sonarr",
          words: "nothing answers",
          remedy: "Look",
          since: "20:15",
        },
        news,
      );
      expect(told.subject).toMatch(/^[A-Z]/);
      expect(told.lines.length).toBeGreaterThan(0);
      for (const line of told.lines) expect(line).toMatch(/^[A-Z].*\.$/);
      expect(told.notByMail ?? false).toBe(kind === "smtp");
      expect(told.event === "service_recovered").toBe(news === "recovered");
    }
  });
});
