import { describe, expect, test } from "vitest";
import {
  type DeliveryRow,
  decideDelivery,
  decideNotification,
  type NotificationRow,
} from "@/lib/domain/earlier-tellings";

const sentAt = new Date("2026-05-01T10:00:00Z");
const row = (more: Partial<NotificationRow> = {}): NotificationRow => ({
  userId: 1,
  requestId: 2,
  type: "episode",
  subject: "New Episode: Saltmarsh S01E02",
  isSent: true,
  sentAt,
  error: null,
  createdAt: new Date("2026-05-01T09:53:00Z"),
  ...more,
});
const codes = (more: Partial<NotificationRow>, body: string | null = null) => {
  const decided = decideNotification(row(more), body);
  if (decided.kind === "leftOut") return decided.reason;
  return decided.tellings.map(({ how, episode, at }) => ({
    how,
    code: episode ? `${episode.season}x${episode.episode}` : "movie",
    isSentAt: at === sentAt,
  }));
};

describe("a mail of the earlier queue", () => {
  test.each([
    ["New Episode: Saltmarsh S01E02", "1x2"],
    ["New Episode: The S1E1 Mystery S02E11", "2x11"],
    ["New Episode: Long Runner S01E1001", "1x1001"],
    ["New Episode: Daily News S2024E150", "2024x150"],
    ["New Episode: Saltmarsh S00E03", "0x3"],
  ])("%s tells of %s", (subject, code) => {
    expect(codes({ subject })).toEqual([{ how: "told", code, isSentAt: true }]);
  });

  test("names its episodes in the body when the subject names none, and not in addresses of pictures", () => {
    const subject = "New Episodes: The Simpsons (2 episodes)";
    const body =
      '<style>.s9e9{}</style><img src="/s3E7.jpg" alt="S04E04"><p>S01E02 Name</p><p>S01E03</p>';
    expect(codes({ subject }, body)).toEqual([
      { how: "told", code: "1x2", isSentAt: true },
      { how: "told", code: "1x3", isSentAt: true },
    ]);
    expect(codes({ subject }, null)).toBe("no_episode");
  });

  test("counts as told only when it was sent", () => {
    expect(codes({ isSent: false, sentAt: null })).toBe("not_sent");
    expect(codes({ isSent: false, sentAt: null, error: "SMTP send failed" })).toBe("not_sent");
    expect(codes({ error: "SMTP send failed" })).toEqual([
      { how: "told", code: "1x2", isSentAt: true },
    ]);
    expect(codes({ sentAt: null, error: "Skipped: user inactive" })).toEqual([
      { how: "not_wanted", code: "1x2", isSentAt: false },
    ]);
    expect(codes({ sentAt: null })).toEqual([{ how: "told", code: "1x2", isSentAt: false }]);
  });

  test("about anything else tells of nothing that plays", () => {
    for (const type of ["coming_soon", "quality_waiting", "issue_resolved", "weekly_summary", ""]) {
      expect(codes({ type })).toBe("other_kind");
    }
    expect(codes({ type: "movie", subject: "New Movie: S1E1" })).toEqual([
      { how: "told", code: "movie", isSentAt: true },
    ]);
  });
});

describe("an entry of the earlier ledger", () => {
  const entry = (more: Partial<DeliveryRow>) => {
    const decided = decideDelivery({
      userId: 1,
      requestId: 2,
      type: "episode",
      dedupeKey: "episode:77:S03E09",
      season: null,
      episode: null,
      at: sentAt,
      ...more,
    });
    return decided.kind === "leftOut" ? decided.reason : decided.tellings.map((t) => t.episode);
  };

  test("names its episode in columns or in its key, with or without a series", () => {
    expect(entry({})).toEqual([{ season: 3, episode: 9 }]);
    expect(entry({ dedupeKey: "episode:unknown:S03E09" })).toEqual([{ season: 3, episode: 9 }]);
    expect(entry({ season: 4, episode: 1 })).toEqual([{ season: 4, episode: 1 }]);
    expect(entry({ dedupeKey: "episode:77" })).toBe("no_episode");
    expect(entry({ type: "movie", dedupeKey: "movie:2" })).toEqual([null]);
    expect(entry({ type: "coming_soon", dedupeKey: "x" })).toBe("other_kind");
  });
});
