import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createLogger, redactText } from "@/lib/log";

function capture(
  options: { level?: "debug" | "info" | "warn" | "silent"; format?: "json" | "pretty" } = {},
) {
  const lines: string[] = [];
  const logger = createLogger({
    level: options.level ?? "info",
    format: options.format ?? "json",
    write: (line) => lines.push(line),
    clock: () => new Date("2026-11-22T10:00:00Z"),
  });
  return { logger, lines, record: () => JSON.parse(lines.at(-1) ?? "null") };
}

describe("redactText", () => {
  test.each([
    ["mail to anna.berg@example.net failed", "mail to a***@example.net failed"],
    [
      "GET http://plex:32400/library?X-Plex-Token=abc123&x=1",
      "GET http://plex:32400/library?X-Plex-Token=***&x=1",
    ],
    ["http://sonarr/api?apikey=abc&term=x", "http://sonarr/api?apikey=***&term=x"],
    ["/webhooks/sonarr?token=abc", "/webhooks/sonarr?token=***"],
    ["postgres://anna:p%40ss@db:5432/x", "postgres://anna:***@db:5432/x"],
    ["Authorization: Bearer abcdef123456", "Authorization: Bearer ***"],
    [
      "-https://anna:pass@host and 'anna@example.net'",
      "-https://anna:***@host and '***@example.net'",
    ],
    ["nothing secret here", "nothing secret here"],
  ])("%s", (text, redacted) => {
    expect(redactText(text)).toBe(redacted);
  });

  test.each(["a", "a.", "a://", ";token-"])("is done with %s, very often", (piece) => {
    const text = piece.repeat(300_000 / piece.length);
    const work = () => redactText(text);
    // Throws when it is at it for ever.
    expect(runInNewContext("work()", { work }, { timeout: 8_000 }) === text).toBe(true);
  });
});

describe("a record", () => {
  test("is one line with time, level, message, the fields of the child and its own", () => {
    const { logger, record, lines } = capture();
    logger
      .child({ part: "worker" })
      .info("job\ndone", { job: "flush_batch", ms: 12, gone: undefined });
    expect(lines.join().includes("\n")).toBe(false);
    expect(record()).toEqual({
      time: "2026-11-22T10:00:00.000Z",
      level: "info",
      message: "job\ndone",
      part: "worker",
      job: "flush_batch",
      ms: 12,
    });
  });

  test("holds no secrets, however deep", () => {
    const { logger, record } = capture();
    logger.info("settings", {
      plexToken: "t",
      headers: { "X-Api-Key": "k", authorization: ["Basic x"], accept: "json" },
      list: [{ SMTP_PASSWORD: "p", user: "anna@example.net" }],
      tokens: 3,
      empty: { password: "" },
    });
    expect(record()).toMatchObject({
      plexToken: "***",
      headers: { "X-Api-Key": "***", authorization: "***", accept: "json" },
      list: [{ SMTP_PASSWORD: "***", user: "a***@example.net" }],
      tokens: 3,
      empty: { password: "" },
    });
  });

  test("tells an error with its causes, a bigint, a date, a cycle", () => {
    const { logger, record } = capture();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    logger.error("failed", {
      error: new Error("to anna@example.net", { cause: new TypeError("inner") }),
      id: 12n,
      at: new Date(0),
      loop,
    });
    expect(record()).toMatchObject({
      error: {
        name: "Error",
        message: "to a***@example.net",
        cause: { name: "TypeError", message: "inner" },
      },
      id: "12",
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  test("below the level is not written", () => {
    const { logger, lines } = capture({ level: "warn" });
    logger.info("no");
    logger.warn("yes");
    expect(lines).toHaveLength(1);
  });

  test("is readable on a terminal, still one line", () => {
    const { logger, lines } = capture({ format: "pretty" });
    logger.warn("two\nlines", { name: "a b", count: 2 });
    expect(lines[0]).toMatch(/^10:00:00 .*warn.* two lines name="a b" count=2$/);
    logger.warn("a \u001b[2Jb", { reply: "\u009b1A\r250" });
    expect(lines[1]).toMatch(/ a {2}\[2Jb reply="? 1A.*250"?$/);
    expect(lines[1]?.replace("\u001b[33mwarn\u001b[0m", "")).not.toMatch(/\p{Cc}/u);
  });
});
