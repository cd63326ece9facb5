import { expect, test } from "vitest";
import { parseSettings, type SettingName, settingDefinitions } from "@/lib/domain/settings";

const parse = (name: SettingName, text: string) => parseSettings({ [name]: text });

test("nothing given means the defaults, without a word", () => {
  const { settings, problems } = parseSettings({});
  expect(problems).toEqual([]);
  for (const [name, definition] of Object.entries(settingDefinitions)) {
    expect(settings[name as SettingName]).toBe(definition.default);
  }
  expect(settings.NOTIFICATION_INITIAL_DELAY_SECONDS).toBe(420);
  expect(settings.NOTIFICATION_EXTENSION_DELAY_SECONDS).toBe(180);
  expect(settings.NOTIFICATION_MAX_WAIT_SECONDS).toBe(1200);
  expect(settings.NOTIFICATION_CHECK_FREQUENCY_SECONDS).toBe(60);
  expect(settings.PLEX_DEADLINE_HOURS).toBe(24);
  expect(settings.RECONCILIATION_INTERVAL_HOURS).toBe(2);
});

test.each([
  ["NOTIFICATION_INITIAL_DELAY_SECONDS", 0, 1800],
  ["NOTIFICATION_EXTENSION_DELAY_SECONDS", 0, 600],
  ["NOTIFICATION_MAX_WAIT_SECONDS", 0, 3600],
  ["NOTIFICATION_CHECK_FREQUENCY_SECONDS", 1, 300],
  ["RECONCILIATION_INTERVAL_HOURS", 1, 24],
] as const)("%s lies between %i and %i", (name, min, max) => {
  for (const fits of [min, max]) {
    expect(parse(name, String(fits))).toMatchObject({ settings: { [name]: fits }, problems: [] });
  }
  for (const text of [String(min - 1), String(max + 1), "1.5", "soon", "0x10z"]) {
    const { settings, problems } = parse(name, text);
    expect(settings[name]).toBe(settingDefinitions[name].default);
    expect(problems).toMatchObject([{ name, value: text }]);
  }
});

test("an address survives untouched, a choice is one of those there are", () => {
  const url = "https://example.net:8443/seerr/";
  expect(parse("JELLYSEERR_URL", ` ${url} `).settings.JELLYSEERR_URL).toBe(url);
  expect(parse("JELLYSEERR_URL", "seerr:5055").problems.map(({ words }) => words)).toEqual([
    "JELLYSEERR_URL is an address that begins with http:// or https://; nothing is used instead",
  ]);
  expect(parse("PLEX_URL", "ftp://plex").problems).toHaveLength(1);
  expect(parse("SMTP_SECURITY", "ssl").settings.SMTP_SECURITY).toBe("ssl");
  expect(parse("SMTP_SECURITY", "tls").settings.SMTP_SECURITY).toBe("starttls");
});

test("an empty text is as good as none, and names nobody knows are left alone", () => {
  expect(parseSettings({ SMTP_PORT: "  ", HOME: "/root" }).problems).toEqual([]);
  expect(parseSettings({ SMTP_PORT: "" }).settings.SMTP_PORT).toBe(587);
});
