"use server";

import { z } from "zod";
import { type SettingName, settingDefinitions } from "@/lib/domain/settings";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import type { Config } from "@/lib/services/load-config";
import { sendTestMail } from "@/lib/services/mails/send-test-mail";
import { removeInstance, saveInstance } from "@/lib/services/settings/change-instance";
import { changeSettings, type SettingRefusal } from "@/lib/services/settings/change-settings";
import { testConnection, testMailServer } from "@/lib/services/settings/test-connection";
import { installWebhook, type WebhookInstall } from "@/lib/services/setup/install-webhook";
import { forgetAccess } from "@/lib/web/access-settings";
import { adminAction } from "@/lib/web/admin-action";
import { webhookDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const names = Object.keys(settingDefinitions) as [SettingName, ...SettingName[]];
const texts = z.partialRecord(z.enum(names), z.string().max(4000));

/** What became of a form: fields that do not fit are named, and then nothing was kept. */
export type SaveResult = ActionResult & { problems?: SettingRefusal[] };

const save = adminAction("settings", texts, async (changes, _viewer, note): Promise<SaveResult> => {
  const ctx = webContext();
  const before = (await ctx.loadConfig()).settings;
  const changed = (Object.keys(changes) as SettingName[]).filter(
    (name) => String(before[name]) !== changes[name]?.trim(),
  );
  if (changed.length === 0) {
    note(null);
    return { kind: "done", words: "Nothing was changed" };
  }
  const result = await changeSettings(ctx, pick(changes, changed), process.env);
  if (result.kind === "refused") {
    return {
      kind: "refused",
      words: "Nothing was saved",
      detail: result.problems.map(({ words }) => words).join(". "),
      problems: result.problems,
    };
  }
  // Who gets in may be among them.
  forgetAccess();
  note({
    before: Object.fromEntries(changed.map((name) => [name, String(before[name])])),
    after: pick(changes, changed),
  });
  return {
    kind: "done",
    words: `${plural(changed.length, "setting")} saved`,
    detail: "It applies from the next job on. Nothing restarts.",
  };
});

/** Keeps settings. A secret that is not sent stays as it is; an empty text takes one away. */
export async function saveSettingsAction(input: Record<string, string>): Promise<SaveResult> {
  return save(input as z.input<typeof texts>);
}

const instanceKey = z.string().regex(/^(sonarr|radarr)(-[a-z0-9-]{1,60})?$/);
const instanceFields = z.object({
  key: instanceKey.nullable(),
  kind: z.enum(["sonarr", "radarr"]),
  name: z.string().trim().min(1, "Give it a name").max(60, "The name is too long"),
  url: z.string().trim().max(500),
  apiKey: z.string().trim().max(500).nullable(),
  isFourK: z.boolean(),
});
type InstanceInput = z.input<typeof instanceFields>;

const keepInstance = adminAction("services", instanceFields, async (fields, _viewer, note) => {
  const ctx = webContext();
  const before = (await ctx.loadConfig()).instances.find(({ key }) => key === fields.key);
  const key = await saveInstance(ctx, fields, process.env);
  const { name, url, isFourK, apiKey } = fields;
  note({
    subject: key,
    ...(before ? { before: { name: before.name, url: before.url, isFourK: before.isFourK } } : {}),
    after: { name, url, isFourK, ...(apiKey ? { API_KEY: "changed" } : {}) },
  });
  return {
    kind: "done",
    words: fields.key === null ? `${fields.name} was added` : `${fields.name} was saved`,
    detail: "What it holds is compared now. Nobody is mailed about what was there before.",
  };
});

/** Adds or changes a Sonarr or Radarr. */
export async function saveInstanceAction(input: InstanceInput): Promise<ActionResult> {
  return keepInstance(input);
}

const dropInstance = adminAction(
  "services",
  z.object({ key: instanceKey }),
  async ({ key }, _viewer, note) => {
    const ctx = webContext();
    const before = (await ctx.loadConfig()).instances.find((instance) => instance.key === key);
    await removeInstance(ctx, key, process.env);
    note({ subject: key, before: before && { name: before.name, url: before.url }, after: null });
    return { kind: "done", words: "It was removed", detail: "What people were told stays known." };
  },
);

/** Takes a Sonarr or Radarr out of the configuration. */
export async function removeInstanceAction(input: { key: string }): Promise<ActionResult> {
  return dropInstance(input);
}

const trial = z.object({
  service: z.enum(["seerr", "sonarr", "radarr", "plex"]),
  name: z.string().trim().max(60),
  url: z.string().trim().max(500),
  /** Null: the one that is saved. */
  secret: z.string().max(500).nullable(),
  instanceKey: instanceKey.nullable(),
});
type TrialInput = z.input<typeof trial>;
type TrialAnswer = ActionResult & { test?: ConnectionTestView };

const tryConnection = adminAction(
  "settings",
  trial,
  async (input, _viewer, note): Promise<TrialAnswer> => {
    note(null);
    const config = await webContext().loadConfig();
    const saved = savedConnection(config, input);
    if (!input.secret && saved && !isSameServer(saved.url, input.url)) {
      return {
        kind: "refused",
        words: "Enter its key as well",
        detail: "The saved one belongs to another address and is not sent elsewhere.",
      };
    }
    const secret = input.secret || saved?.secret || "";
    const test = await testConnection({ ...input, secret });
    return { kind: "done", words: test.words, test };
  },
);

/** Tries a connection with what stands in the form, saved or not. */
export async function testConnectionAction(input: TrialInput): Promise<TrialAnswer> {
  return tryConnection(input);
}

const tryMailServer = adminAction("settings", z.object({}), async (_input, _viewer, note) => {
  note(null);
  const test = await testMailServer(await webContext().loadConfig());
  const answer: TrialAnswer = { kind: "done", words: test.words, test };
  return answer;
});

/** Connects to the saved mail server and logs in. */
export async function testMailServerAction(): Promise<TrialAnswer> {
  return tryMailServer({});
}

const sendTest = adminAction(
  "settings",
  z.object({ to: z.string().trim().max(254) }),
  async ({ to }, _viewer, note) => {
    const id = await sendTestMail(webContext(), to);
    note({ subject: `mail ${id}`, after: { to } });
    return {
      kind: "done",
      words: "The test mail is on its way",
      detail: "What the mail server says stands under Notifications.",
    };
  },
);

/** Sends a test mail to a typed address. */
export async function sendTestMailAction(input: { to: string }): Promise<ActionResult> {
  return sendTest(input);
}

const installation = z.object({
  key: z.union([z.literal("seerr"), instanceKey]),
  base: z.string().trim().max(500),
  replace: z.boolean(),
});
type InstallationAnswer = ActionResult & { install?: WebhookInstall };

const install = adminAction(
  "services",
  installation,
  async (input, _viewer, note): Promise<InstallationAnswer> => {
    const { result, written } = await installWebhook(webContext(), input);
    note(written && webhookDeed(input.key, written, result.kind));
    const words = result.kind === "proven" ? "A webhook was installed" : result.words;
    return { kind: "done", words, install: result };
  },
);

/** Writes our webhook into a service, and proves that it arrives. */
export async function installWebhookAction(
  input: z.input<typeof installation>,
): Promise<InstallationAnswer> {
  return install(input);
}

function savedConnection(
  { settings, instances }: Config,
  { service, instanceKey: key }: TrialInput,
): { url: string; secret: string } | null {
  switch (service) {
    case "seerr":
      return { url: settings.JELLYSEERR_URL, secret: settings.JELLYSEERR_API_KEY };
    case "plex":
      return { url: settings.PLEX_URL, secret: settings.PLEX_TOKEN };
    default: {
      const instance = instances.find((one) => one.key === key);
      return instance ? { url: instance.url, secret: instance.apiKey } : null;
    }
  }
}

function isSameServer(saved: string, typed: string): boolean {
  if (!URL.canParse(saved) || !URL.canParse(typed)) return saved === "";
  // By http a key would be read by whoever is on the way.
  return new URL(saved).origin === new URL(typed).origin;
}

function pick(
  changes: Partial<Record<SettingName, string>>,
  chosen: readonly SettingName[],
): Partial<Record<SettingName, string>> {
  return Object.fromEntries(chosen.map((name) => [name, changes[name]?.trim() ?? ""]));
}
