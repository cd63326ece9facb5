import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  decodeLogPlace,
  encodeLogPlace,
  type LogFilter,
  type LogPlace,
} from "@/lib/domain/log-line";
import { createLogger } from "@/lib/log";
import { logFileWriter, logFolder, setKeptMegabytes } from "@/lib/log-file";
import { exportLogs, readLogsBack, readLogsOn } from "@/lib/services/logs/read-logs";

let config: string;
let folder: string;
beforeEach(() => {
  config = mkdtempSync(path.join(os.tmpdir(), "bingealert-logs-"));
  folder = logFolder(config);
});
afterEach(() => {
  setKeptMegabytes(25);
  rmSync(config, { recursive: true, force: true });
});

const everything: LogFilter = {
  process: null,
  level: "debug",
  text: null,
  field: null,
  since: null,
  until: null,
};
const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, 0) + second * 1000);
const line = (second: number, message: string, more: object = {}) =>
  JSON.stringify({ time: at(second).toISOString(), level: "info", message, ...more });

const messages = (page: { lines: { message: string }[] }) => page.lines.map((one) => one.message);

async function readAll(filter: LogFilter, perPage: number): Promise<string[]> {
  const seen: string[] = [];
  let from: LogPlace | null = null;
  do {
    const page = await readLogsBack(config, filter, from, { lines: perPage, budgetMs: 5_000 });
    seen.push(...messages(page));
    from = page.older && decodeLogPlace(encodeLogPlace(page.older));
  } while (from);
  return seen;
}

describe("writing", () => {
  test("goes on in a new file when one is full, and the oldest go", async () => {
    setKeptMegabytes(15);
    const writer = logFileWriter("web", folder, { bytesPerFile: 2_000 });
    for (let n = 0; n < 200; n++) {
      writer.add(line(n, `line ${n}`));
      if (n % 5 === 0) await writer.flush();
    }
    await writer.flush();
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(3);
    expect(Number(names[0]?.slice(4, 10))).toBeGreaterThan(3);
    const seen = await readAll(everything, 7);
    expect(seen[0]).toBe("line 199");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.map((text) => Number(text.slice(5)))).toEqual(
      Array.from(seen, (_, index) => 199 - index),
    );
  });

  test("two processes with one file lose nothing", async () => {
    const writers = [1, 2].map(() => logFileWriter("worker", folder, { bytesPerFile: 3_000 }));
    for (let n = 0; n < 100; n++) {
      writers[n % 2]?.add(line(n, `line ${n}`));
      await Promise.all(writers.map((writer) => writer.flush()));
    }
    expect((await readAll(everything, 13)).sort()).toEqual(
      Array.from({ length: 100 }, (_, n) => `line ${n}`).sort(),
    );
  });

  test("a folder that cannot be made disturbs nobody, and is used once it can", async () => {
    writeFileSync(folder, "in the way");
    const writer = logFileWriter("web", folder, { retryMs: 0 });
    writer.add(line(1, "lost"));
    await writer.flush();
    writer.finish();
    rmSync(folder);
    writer.add(line(2, "kept"));
    await writer.flush();
    expect(await readAll(everything, 10)).toContain("kept");
  });

  test.skipIf(process.getuid?.() === 0)(
    "a folder without leave to write disturbs nobody",
    async () => {
      mkdirSync(folder);
      chmodSync(folder, 0o500);
      const writer = logFileWriter("web", folder);
      writer.add(line(1, "lost"));
      await expect(writer.flush()).resolves.toBeUndefined();
      chmodSync(folder, 0o700);
    },
  );

  test("a line without end is kept with its message alone", async () => {
    const writer = logFileWriter("web", folder);
    writer.add(line(1, "long", { body: "x".repeat(100_000) }));
    await writer.flush();
    const { lines } = await readLogsBack(config, everything, null, { lines: 5, budgetMs: 1_000 });
    expect(lines[0]?.message).toBe("long");
    expect(lines[0]?.fields[0]?.name).toBe("leftOut");
  });

  test("holds no secret and no whole address", async () => {
    const writer = logFileWriter("web", folder);
    const logger = createLogger({
      level: "info",
      format: "pretty",
      write: () => {},
      keep: writer.add,
    });
    logger.warn("mail to anna.berg@example.net", {
      apiKey: "0123456789abcdef",
      url: "http://plex:32400/x?X-Plex-Token=verysecret",
      error: new Error("postgres://anna:hunter2@db/x refused"),
    });
    await writer.flush();
    const text = readFileSync(path.join(folder, "web.000001.jsonl"), "utf8");
    expect(text).toContain("a***@example.net");
    expect(text).not.toMatch(/verysecret|hunter2|0123456789|anna\.berg/);
  });
});

describe("reading", () => {
  beforeEach(() => mkdirSync(folder));
  const put = (name: string, lines: string[], end = "\n") =>
    writeFileSync(path.join(folder, name), lines.join("\n") + end);

  test("merges the processes by time, over files, the newest first", async () => {
    put("web.000001.jsonl", [line(1, "w1"), line(4, "w4")]);
    put("web.000002.jsonl", [line(7, "w7")]);
    put("worker.000009.jsonl", [line(2, "k2"), line(3, "k3"), line(8, "k8")]);
    put("supervisor.000001.jsonl", [line(0, "s0")]);
    put("web.000001.jsonl.bak", [line(9, "other")]);
    for (const perPage of [1, 2, 3, 50]) {
      expect(await readAll(everything, perPage)).toEqual([
        "k8",
        "w7",
        "w4",
        "k3",
        "k2",
        "w1",
        "s0",
      ]);
    }
  });

  test("passes over damage: half lines, foreign text, strange signs", async () => {
    put(
      "web.000001.jsonl",
      [
        line(1, "good"),
        '{"time":"2026-11-28T12:00:01.000Z","lev',
        "",
        "no json",
        line(2, "ünï ☂ code"),
      ],
      '\n{"time":"2026-11-28T12:00:03',
    );
    expect(await readAll(everything, 1)).toEqual(["ünï ☂ code", "good"]);
  });

  test.each([
    ["text in any case", { text: "SLACK water" }, ["b"]],
    ["a text with a quote", { text: 'say "hi"' }, ["c"]],
    ["what looks like a pattern", { text: ".*" }, []],
    ["a level and worse", { level: "warn" as const }, ["c", "b"]],
    ["one process", { process: "worker" as const }, ["d"]],
    ["a field", { field: { name: "task", value: "flush_batch" } }, ["b"]],
    ["since", { since: at(3) }, ["d", "c"]],
    ["until", { until: at(2) }, ["b", "a"]],
  ])("finds %s", async (_, part, expected) => {
    put("web.000001.jsonl", [
      line(1, "a"),
      line(2, "b", { level: "warn", task: "flush_batch", title: "Slack Water" }),
      line(3, "c", { level: "error", note: 'say "hi"' }),
    ]);
    put("worker.000001.jsonl", [line(4, "d", { task: "flush_batches" })]);
    expect(await readAll({ ...everything, ...part }, 2)).toEqual(expected);
  });

  test("stops when its time is up, says how far it looked, and goes on from there", async () => {
    const many = Array.from({ length: 20_000 }, (_, n) =>
      line(n, `line ${n}`, { pad: "x".repeat(80) }),
    );
    put("web.000001.jsonl", many);
    const filter = { ...everything, text: 'line 5"' };
    const page = await readLogsBack(config, filter, null, { lines: 10, budgetMs: 0 });
    expect(page.lines).toEqual([]);
    expect(page.searchedTo).not.toBeNull();
    let found: string[] = [];
    let from: LogPlace | null = page.older;
    for (let n = 0; n < 200 && from; n++) {
      const next: Awaited<ReturnType<typeof readLogsBack>> = await readLogsBack(
        config,
        filter,
        from,
        {
          lines: 10,
          budgetMs: 5,
        },
      );
      found = [...found, ...messages(next)];
      from = next.older;
    }
    expect(from).toBeNull();
    expect(found).toEqual([]);
    expect(await readAll({ ...everything, text: "line 5" }, 2_000)).toHaveLength(1_111);
  });

  test("new lines follow the end, whole ones only, over a change of file", async () => {
    put("web.000001.jsonl", [line(1, "old")]);
    const { newest } = await readLogsBack(config, everything, null, { lines: 5, budgetMs: 1_000 });
    put("web.000001.jsonl", [line(1, "old"), line(2, "next")], '\n{"time":"2026-');
    const first = await readLogsOn(config, everything, newest);
    expect(messages(first)).toEqual(["next"]);
    put("web.000001.jsonl", [line(1, "old"), line(2, "next"), line(3, "whole")]);
    put("web.000002.jsonl", [line(4, "other file")]);
    put("worker.000001.jsonl", [line(5, "other process")]);
    const second = await readLogsOn(config, everything, first.newest);
    expect(messages(second)).toEqual(["other process", "other file", "whole"]);
    expect(messages(await readLogsOn(config, everything, second.newest))).toEqual([]);
  });

  test("the download is what was written, with the process", async () => {
    put("web.000001.jsonl", [line(1, "a"), "damage"]);
    put("worker.000001.jsonl", [line(2, "b")]);
    let text = "";
    for await (const part of exportLogs(config, everything)) text += part;
    const records = text
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one));
    expect(records.map(({ process, message }) => [process, message]).sort()).toEqual([
      ["web", "a"],
      ["worker", "b"],
    ]);
  });
});

test.each(["", "web", "web.1", "web.1.x", "web.1.2-", "other.1.2", "web.1.2.3", "../x.1.1"])(
  "%j is no place",
  (text) => expect(decodeLogPlace(text)).toBeNull(),
);
