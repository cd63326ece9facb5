import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { checkTurnstile } from "@/lib/clients/turnstile";
import { FakeTurnstile } from "@/test/support/fake-turnstile";

const fake = new FakeTurnstile();
beforeAll(() => fake.start());
afterAll(() => fake.stop());
beforeEach(() => {
  fake.mood = "answer";
});

const check = (token: string) =>
  checkTurnstile(
    { verifyUrl: `${fake.url}/siteverify`, secret: "s", timeoutMs: 2_000 },
    token,
    "192.0.2.7",
  );

it("a good token counts once", async () => {
  expect(await check("good-1")).toEqual({ kind: "passed" });
  expect(await check("good-1")).toEqual({ kind: "refused", codes: ["timeout-or-duplicate"] });
  expect(fake.asked[0]).toEqual({ secret: "s", response: "good-1", remoteip: "192.0.2.7" });
});

it("a wrong, an empty and an endless one are refused, the last two without asking", async () => {
  expect(await check("bad")).toEqual({ kind: "refused", codes: ["invalid-input-response"] });
  const before = fake.asked.length;
  expect((await check("")).kind).toBe("refused");
  expect((await check("x".repeat(3_000))).kind).toBe("refused");
  expect(fake.asked).toHaveLength(before);
});

it.each(["hang_up", "nonsense", "redirect"] as const)("%s is no answer", async (mood) => {
  fake.mood = mood;
  const before = fake.asked.length;
  expect((await check("good-2")).kind).toBe("unreachable");
  // The secret went to nobody else.
  expect(fake.asked).toHaveLength(before + 1);
});

it("nobody at all is no answer", async () => {
  const answer = await checkTurnstile(
    { verifyUrl: "http://127.0.0.1:9/", secret: "s" },
    "good",
    null,
  );
  expect(answer.kind).toBe("unreachable");
});
