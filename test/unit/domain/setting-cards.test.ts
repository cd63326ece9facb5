import { expect, test } from "vitest";
import { type SettingName, settingDefinitions } from "@/lib/domain/settings";
import { type SettingFieldView, settingCards } from "@/lib/domain/views/settings";

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
