import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError, UpstreamError } from "@/lib/errors";
import { fieldWords, refusalOf } from "@/lib/web/api/refusal";

const about = { method: "get", path: "/requests" };
const words = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  return error ? fieldWords(error) : null;
};

test("what is wrong with a field is said in words that follow its name", () => {
  const schema = z.strictObject({
    name: z.string(),
    count: z.number().int().min(2).max(5),
    kind: z.enum(["a", "b"]),
    to: z.email("is not a mail address"),
    list: z.array(z.object({ deep: z.boolean() })),
  });
  expect(words(schema, { count: 1.5, kind: "c", to: "x", list: [{ deep: 1 }], more: 1 })).toEqual({
    name: "is missing",
    count: "is not a whole number",
    kind: "is not one of a, b",
    to: "is not a mail address",
    "list.0.deep": "is not a boolean",
    more: "is not known here",
  });
  expect(words(z.object({ count: z.number().min(2) }), { count: 1 })).toEqual({
    count: "is below 2",
  });
  expect(words(z.object({ count: z.number().max(2) }), { count: 3 })).toEqual({
    count: "is above 2",
  });
  expect(words(schema, null)).toEqual({ body: "is not an object" });
});

test("a failure of ours is answered with its status and words", async () => {
  const response = refusalOf(new AppError("conflict", "It has left"), about);
  expect(response.status).toBe(409);
  expect(await response.json()).toEqual({ error: { code: "conflict", message: "It has left" } });
});

test("a failing service is a bad gateway", () => {
  const error = new UpstreamError({ service: "seerr", kind: "refused", message: "Seerr is down" });
  expect(refusalOf(error, about).status).toBe(502);
});

test("a value that PostgreSQL cannot take is the caller's, wrapped or not", () => {
  const refused = Object.assign(new postgres.PostgresError("out of range"), { code: "22003" });
  expect(refusalOf(new Error("query failed", { cause: refused }), about).status).toBe(400);
});

test("everything else is answered with an id and nothing raw", async () => {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const response = refusalOf(new Error("secret table missing"), about);
  const text = await response.text();
  written.mockRestore();
  expect(response.status).toBe(500);
  expect(JSON.parse(text).error.id).toMatch(/^[0-9a-f]{8}$/);
  expect(text).not.toContain("secret table");
});
