import { expect, test } from "vitest";
import { renderMail } from "@/emails/render";
import { mailSubject } from "@/lib/domain/mail-words";
import { samples, week } from "@/test/support/mail-samples";

test("the subject names mails and fulfilled requests, and what needs the admin", () => {
  expect(mailSubject({ kind: "weekly_summary", props: week })).toBe(
    "Your week: 64 mails, 19 requests fulfilled, one thing needs you",
  );
  const nothing = { ...week, week: { ...week.week, needs: [] } };
  expect(mailSubject({ kind: "weekly_summary", props: nothing })).toBe(
    "Your week: 64 mails, 19 requests fulfilled",
  );
});

test("the verdict comes first, then what needs somebody, figures, bars, people and waits", async () => {
  const { html, text } = await renderMail({ kind: "weekly_summary", props: week });
  const order = [
    "Week of 15–22 November",
    "A good week. One thing needs you.",
    "Plex cannot see “Saltmarsh”",
    "57 the week before",
    "Mails per day",
    "Who heard from you",
    "Waits longest",
    "Kestrel Down",
  ];
  const places = order.map((words) => text.indexOf(words));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  for (const words of order) expect(html).toContain(words);
  expect(text).toContain("9 h until watchable");
  expect(text).toContain("5 others · 22 mails");
  expect(text).toContain("2 reported, 1 resolved, 1 open");
});

test("its charts are tables: no script, no drawing a mail program leaves out", async () => {
  const { html } = await renderMail({ kind: "weekly_summary", props: week });
  expect(html).not.toMatch(/<(script|svg|canvas|style[^>]*>[^<]*@import)/i);
  // The tallest bar is full, half as many mails make a bar about half as high.
  expect(html).toContain('height="70"');
  expect(html).toContain('height="60"');
});

test.each(["weekly-summary", "weekly-summary-quiet", "weekly-summary-worst"])(
  "%s stays under 100 KB and under its limits",
  async (name) => {
    const sample = samples[name];
    if (!sample) throw new Error("the sample is gone");
    const { subject, html } = await renderMail(sample);
    expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
    expect(subject.length).toBeLessThanOrEqual(120);
  },
);

test("a quiet week says so, without empty charts", async () => {
  const quiet = samples["weekly-summary-quiet"];
  if (!quiet) throw new Error("the sample is gone");
  const { text } = await renderMail(quiet);
  expect(text).toContain("A quiet week.");
  expect(text).not.toContain("Mails per day");
});
