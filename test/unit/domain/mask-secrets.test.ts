import { expect, test } from "vitest";
import { maskSecrets } from "@/lib/domain/mask-secrets";

test("secrets are masked wherever they stand, and what PostgreSQL cannot keep is taken out", () => {
  expect(
    maskSecrets({
      WEBHOOK_SECRET: "abc",
      PLEX_TOKEN: "",
      nested: [{ apiKey: "abc", password: null, name: "kept\0\ud800" }],
      isSecretSet: true,
      left: undefined,
    }),
  ).toEqual({
    WEBHOOK_SECRET: "•••",
    PLEX_TOKEN: "",
    nested: [{ apiKey: "•••", password: null, name: "kept\ufffd" }],
    isSecretSet: true,
  });
});

test("settings that are secret are masked although their names do not say so", () => {
  expect(
    maskSecrets({
      DISCORD_WEBHOOK_URL: "https://discord.example/api/webhooks/1/abc",
      PUSHOVER_USER: "abc",
      PLEX_URL: "http://me:abc@plex:32400",
      SMTP_USER: "mails",
    }),
  ).toEqual({
    DISCORD_WEBHOOK_URL: "•••",
    PUSHOVER_USER: "•••",
    PLEX_URL: "http://me:•••@plex:32400",
    SMTP_USER: "mails",
  });
});
