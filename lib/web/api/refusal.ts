import { z } from "zod";
import { AppError, type AppErrorCode, UpstreamError } from "@/lib/errors";
import { log } from "@/lib/log";

/** The one shape of everything the API refuses. */
export const refusalBody = z
  .strictObject({
    error: z.strictObject({
      code: z.string().meta({ description: "For programs", examples: ["not_found"] }),
      message: z.string().meta({ description: "For people" }),
      fields: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: "What is wrong with each field, by its name" }),
      id: z.string().optional().meta({ description: "Under this id the log says more" }),
    }),
  })
  .meta({ id: "Refusal" });

export type Refusal = z.infer<typeof refusalBody>["error"] & {
  code: AppErrorCode | "wrong_format" | "upstream";
};

/** Answers with a refusal. */
export function refuse(status: number, error: Refusal): Response {
  return Response.json({ error }, { status, headers: { "Cache-Control": "no-store" } });
}

/** Turns what a handler threw into an answer; nothing raw reaches the caller. */
export function refusalOf(error: unknown, about: { method: string; path: string }): Response {
  if (error instanceof AppError && error.code !== "internal") {
    return refuse(error.status, { code: error.code, message: error.message });
  }
  if (error instanceof UpstreamError) {
    return refuse(502, { code: "upstream", message: error.message });
  }
  if (isUnusableValue(error)) {
    return refuse(400, {
      code: "bad_request",
      message: "A value in this request is outside of what can be stored or compared",
    });
  }
  const id = crypto.randomUUID().slice(0, 8);
  log.error("an API request failed", { ...about, errorId: id, error });
  return refuse(500, {
    code: "internal",
    message: "That did not work. The log says more under this id.",
    id,
  });
}

/** PostgreSQL's class 22: the value was refused, not the work. */
function isUnusableValue(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && /^22\w{3}$/.test(cause.code))
      return true;
  }
  return false;
}

/** What is wrong with each field, in words that follow its name. */
export function fieldWords(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const name = issue.path.map(String).join(".") || "body";
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        fields[[...issue.path.map(String), key].join(".")] ??= "is not known here";
    } else {
      fields[name] ??= issueWords(issue);
    }
  }
  return fields;
}

function issueWords(issue: z.core.$ZodIssue): string {
  // A message of ours follows the name; those of zod begin a sentence.
  if (/^\p{Ll}/u.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is missing"
        : `is not ${article(issue.expected)}`;
    case "too_small":
      return `is below ${issue.minimum}`;
    case "too_big":
      return `is above ${issue.maximum}`;
    case "invalid_value":
      return `is not one of ${issue.values.map(String).join(", ")}`;
    default:
      return "does not fit";
  }
}

function article(noun: string): string {
  const name = noun === "int" ? "whole number" : noun === "string" ? "text" : noun;
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
