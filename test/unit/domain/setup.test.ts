import { expect, test } from "vitest";
import { doneSteps, namesAllConnections, nextStep, plainToken } from "@/lib/domain/setup";

const whole = {
  JELLYSEERR_URL: "http://seerr:5055",
  JELLYSEERR_API_KEY: "k",
  RADARR_4K_URL: "http://radarr:7878",
  RADARR_4K_API_KEY: "k",
  SMTP_HOST: "mail",
  SMTP_FROM: "a@example.net",
};

test.each([
  ["all of it", whole, true],
  ["secrets in files", { ...whole, JELLYSEERR_API_KEY: "", JELLYSEERR_API_KEY_FILE: "/s" }, true],
  ["no Seerr", { ...whole, JELLYSEERR_URL: " " }, false],
  ["no instance", { ...whole, RADARR_4K_URL: "" }, false],
  ["an instance without its key", { ...whole, RADARR_4K_API_KEY: "" }, false],
  ["the key of another", { ...whole, RADARR_4K_API_KEY: "", SONARR_API_KEY: "k" }, false],
  ["no mail server", { ...whole, SMTP_HOST: "" }, false],
  ["no sender", { ...whole, SMTP_FROM: "" }, false],
  ["nothing", {}, false],
])("%s", (_name, texts, complete) => {
  expect(namesAllConnections(texts)).toBe(complete);
});

test("goes on with the first step that is not done, and a mail server alone is not one", () => {
  const nothing = {
    hasMailServer: false,
    isMailConfirmed: false,
    hasSeerr: false,
    instances: 0,
    isSynced: false,
    isBehaviourChosen: false,
  };
  expect(nextStep(doneSteps(nothing))).toBe("mail");
  expect(nextStep(doneSteps({ ...nothing, hasMailServer: true }))).toBe("mail");
  const mailed = { ...nothing, hasMailServer: true, isMailConfirmed: true };
  expect(nextStep(doneSteps({ ...mailed, hasSeerr: true }))).toBe("services");
  expect(nextStep(doneSteps({ ...mailed, hasSeerr: true, instances: 1, isSynced: true }))).toBe(
    "behaviour",
  );
});

test("a token may be typed in any way people type", () => {
  expect(plainToken(" abcde-fg hij ")).toBe("ABCDEFGHIJ");
});
