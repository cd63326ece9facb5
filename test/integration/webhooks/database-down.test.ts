import { expect, test, vi } from "vitest";
import { webDatabase } from "@/lib/web/service-context";
import { WebhooksInProcess } from "./webhook-in-process";

test("without its database a webhook is not acknowledged, and the sender is told so", async () => {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const webhooks = await WebhooksInProcess.open();
  expect((await webhooks.send("/webhooks/sonarr")).status).toBe(200);
  await webDatabase().close();
  const begun = Date.now();
  const answer = await webhooks.send("/webhooks/sonarr");
  expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect(answer.headers.get("retry-after")).toBe("30");
  expect(Date.now() - begun).toBeLessThan(8000);
  await webhooks.close();
  written.mockRestore();
});
