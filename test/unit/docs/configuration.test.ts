import { expect, test } from "vitest";
import { envExample, settingsReference } from "@/test/support/settings-reference";

test("docs/configuration.md says what the schema says", async () => {
  await expect(settingsReference()).toMatchFileSnapshot("../../../docs/configuration.md");
});

test(".env.example explains every variable", async () => {
  await expect(envExample()).toMatchFileSnapshot("../../../.env.example");
});
