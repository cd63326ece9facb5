import { z } from "zod";
import type { SeerrWebhook } from "@/lib/domain/webhook-install";
import { createHttpClient } from "./http";

/** The one webhook of a Seerr. Every call throws UpstreamError. */
export type SeerrWebhookSettings = {
  read(): Promise<SeerrWebhook>;
  write(body: SeerrWebhook): Promise<void>;
  /** Has Seerr send its test with these settings. */
  test(body: SeerrWebhook): Promise<void>;
};

const webhook = z.looseObject({
  enabled: z.boolean(),
  types: z
    .number()
    .int()
    .nullish()
    .transform((types) => types ?? 0),
  options: z.looseObject({
    webhookUrl: z
      .string()
      .nullish()
      .transform((url) => url ?? ""),
  }),
});

export function createSeerrWebhookSettings(seerr: {
  url: string;
  apiKey: string;
}): SeerrWebhookSettings {
  const http = createHttpClient({
    service: "seerr",
    name: "Seerr",
    url: seerr.url,
    headers: { "x-api-key": seerr.apiKey },
    timeoutMs: 30_000,
  });
  const place = "api/v1/settings/notifications/webhook";
  return {
    read: () => http.get(place, webhook),
    write: (body) => http.trigger(place, body),
    test: (body) => http.trigger(`${place}/test`, body),
  };
}
