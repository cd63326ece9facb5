import { expect, test } from "vitest";
import { AppError, UpstreamError, type UpstreamErrorKind } from "@/lib/errors";

test("an AppError has the status of its code, unless another is given", () => {
  expect(new AppError("not_found", "No such request.").status).toBe(404);
  expect(new AppError("bad_request", "Not JSON.", { status: 415 }).status).toBe(415);
});

test.each<[UpstreamErrorKind, number | undefined, boolean]>([
  ["dns", undefined, true],
  ["refused", undefined, true],
  ["timeout", undefined, true],
  ["tls", undefined, false],
  ["auth", 401, false],
  ["parse", 200, false],
  ["status", 404, false],
  ["status", 408, true],
  ["status", 429, true],
  ["status", 503, true],
])("UpstreamError %s %s: retryable %s", (kind, status, retryable) => {
  const error = new UpstreamError({
    service: "plex",
    kind,
    message: "x",
    ...(status ? { status } : {}),
  });
  expect(error.retryable).toBe(retryable);
});
