import { expect, test } from "vitest";
import { type SettingName, settingDefinitions } from "@/lib/domain/settings";
import { rangeAndDefault, type SettingFieldView, settingCards } from "@/lib/domain/views/settings";

const fieldsOf = (section: string) =>
  (Object.keys(settingDefinitions) as SettingName[])
    .filter((name) => settingDefinitions[name].section === section)
    .map((name) => ({ name }) as SettingFieldView);

test("a long section of the settings is one card for each topic, nothing lost", () => {
  const alerts = settingCards(fieldsOf("alerts"));
  expect(alerts.map(({ title }) => title)).toEqual([
    "E-mail",
    "Webhook",
    "Discord",
    "Slack",
    "ntfy",
    "Pushover",
    "What is watched, and how closely",
  ]);
  expect(alerts.flatMap(({ fields }) => fields)).toEqual(fieldsOf("alerts"));
});

test("a section of one topic is one card without a title", () => {
  expect(settingCards(fieldsOf("batching"))).toEqual([
    { title: null, fields: fieldsOf("batching") },
  ]);
});

test("range and default of a number are each kept on one line", () => {
  expect(rangeAndDefault(settingDefinitions.SESSION_TIMEOUT_HOURS)).toBe(
    "1\u00a0to\u00a0168\u00a0hours, default\u00a0168",
  );
  expect(rangeAndDefault(settingDefinitions.SMTP_PORT)).toBe(
    "1\u00a0to\u00a065\u202f535, default\u00a0587",
  );
});
