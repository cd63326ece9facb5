"use server";

import { z } from "zod";
import type { SettingName } from "@/lib/domain/settings";
import type { ActionResult, OnceShown } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { changePassword, createAdmin, listAccounts } from "@/lib/services/access/admin-accounts";
import { createApiKey, endApiKey } from "@/lib/services/access/api-keys";
import { switchLogin } from "@/lib/services/access/switch-login";
import {
  changeSecurity,
  makeWebhookSecret,
  type SecuritySettingName,
  securitySettingNames,
} from "@/lib/services/settings/change-security";
import { noteWebhookSecret } from "@/lib/services/settings/webhook-secret-state";
import { forgetAccess, readAccess } from "@/lib/web/access-settings";
import { adminAction } from "@/lib/web/admin-action";
import { keyDeed, otherSessionsDeed, sessionDeed } from "@/lib/web/deeds";
import { endAllSessions, endSession } from "@/lib/web/end-sessions";
import { webContext } from "@/lib/web/service-context";

const switchOver = adminAction(
  "security",
  z.object({ wanted: z.enum(["on", "off"]) }),
  async ({ wanted }, _viewer, note) => {
    const { loginOn } = await readAccess();
    await switchLogin(webContext(), wanted, process.env);
    forgetAccess();
    note({ before: { AUTH_ENABLED: loginOn }, after: { AUTH_ENABLED: wanted === "on" } });
    return wanted === "on"
      ? { kind: "done", words: "Login is on", detail: "From now on everybody has to sign in." }
      : { kind: "done", words: "Login is off", detail: "Everybody who gets here is the admin." };
  },
);

/** Switches login on or off. */
export async function switchLoginAction(wanted: "on" | "off"): Promise<ActionResult> {
  return switchOver({ wanted });
}

const create = adminAction(
  "security",
  z.object({ name: z.string().trim(), fresh: z.string() }),
  async ({ name, fresh }, viewer, note) => {
    const { db } = webContext().database;
    if (viewer.kind !== "admin" && (await listAccounts(db)).length > 0) {
      return {
        kind: "refused",
        words: "There is an account already",
        detail: "Sign in with it to make another, or use npm run admin on the server.",
      };
    }
    await createAdmin(db, { name, password: fresh }, viewer, new Date());
    // The service wrote it down.
    note(null);
    return { kind: "done", words: `The account ${name} was made` };
  },
);

/** Makes an account: the first one, or another by somebody who is signed in. */
export async function createAccountAction(input: Record<string, string>): Promise<ActionResult> {
  return create({ name: input.name ?? "", fresh: input.fresh ?? "" });
}

const change = adminAction(
  "security",
  z.object({ name: z.string().trim(), current: z.string(), fresh: z.string() }),
  async (input, viewer, note) => {
    await changePassword(webContext().database.db, input, viewer, new Date());
    note(null);
    return {
      kind: "done",
      words: "The password was changed",
      detail: "All sessions of this account were ended, this one as well.",
    };
  },
);

/** Changes a password and signs its account out everywhere. */
export async function changePasswordAction(input: Record<string, string>): Promise<ActionResult> {
  return change({
    name: input.name ?? "",
    current: input.current ?? "",
    fresh: input.fresh ?? "",
  });
}

const end = adminAction(
  "security",
  z.object({ publicId: z.uuid() }),
  async ({ publicId }, _viewer, note) => {
    note(await sessionDeed(publicId));
    const ended = await endSession(publicId);
    return ended
      ? { kind: "done", words: "The session was ended" }
      : { kind: "refused", words: "This session had ended already" };
  },
);

/** Signs one session out. */
export async function endSessionAction(publicId: string): Promise<ActionResult> {
  return end({ publicId });
}

const endOthers = adminAction("security", z.object({}), async (_input, viewer, note) => {
  const kept = viewer.kind === "admin" ? viewer.sessionId : null;
  const deed = await otherSessionsDeed(kept);
  const ended = await endAllSessions(kept);
  note({ ...deed, after: { sessionsEnded: ended } });
  return { kind: "done", words: `${plural(ended, "session")} ended` };
});

/** Signs everybody out but the one who asks. */
export async function endOtherSessionsAction(): Promise<ActionResult> {
  return endOthers({});
}

const makeKey = adminAction(
  "security",
  z.object({
    name: z.string().trim().min(1, "Give the key a name").max(60, "The name is too long"),
    scope: z.enum(["read", "admin"]),
  }),
  async ({ name, scope }, viewer, note): Promise<ActionResult & OnceShown> => {
    const made = await createApiKey(webContext(), { name, scope, createdBy: viewer.actor });
    note({ subject: `key ${name}`, after: { scope } });
    return { kind: "done", words: "The key was made", once: made.key };
  },
);

/** Makes an API key, shown this once. */
export async function createApiKeyAction(
  input: Record<string, string>,
): Promise<ActionResult & OnceShown> {
  return makeKey({ name: input.name ?? "", scope: input.scope === "admin" ? "admin" : "read" });
}

const revoke = adminAction(
  "security",
  z.object({ keyId: z.number().int().positive() }),
  async ({ keyId }, _viewer, note) => {
    note(keyDeed(await endApiKey(webContext(), keyId)));
    return { kind: "done", words: "The key was revoked" };
  },
);

/** Ends an API key. */
export async function revokeApiKeyAction(keyId: number): Promise<ActionResult> {
  return revoke({ keyId });
}

const settingTexts = z.partialRecord(z.enum(securitySettingNames), z.string().trim().max(4000));

const save = adminAction("security", settingTexts, async (changes, _viewer, note) => {
  const ctx = webContext();
  const before = (await ctx.loadConfig()).settings;
  const names = Object.keys(changes) as (SecuritySettingName & SettingName)[];
  const changed = names.filter((name) => String(before[name]) !== changes[name]);
  if (changed.length === 0) {
    note(null);
    return { kind: "done", words: "Nothing was changed" };
  }
  const wanted = Object.fromEntries(changed.map((name) => [name, changes[name] ?? ""]));
  await changeSecurity(ctx, wanted, process.env);
  forgetAccess();
  note({
    before: Object.fromEntries(changed.map((name) => [name, String(before[name])])),
    after: Object.fromEntries(changed.map((name) => [name, changes[name]])),
  });
  return { kind: "done", words: "Saved" };
});

/** Keeps settings of this page. A secret that is not sent stays as it is. */
export async function saveSecurityAction(input: Record<string, string>): Promise<ActionResult> {
  return save(input as z.input<typeof settingTexts>);
}

const renew = adminAction(
  "security",
  z.object({}),
  async (_input, _viewer, note): Promise<ActionResult & OnceShown> => {
    const secret = makeWebhookSecret();
    const ctx = webContext();
    const { WEBHOOK_SECRET: before } = (await ctx.loadConfig()).settings;
    await changeSecurity(ctx, { WEBHOOK_SECRET: secret }, process.env);
    note({ before: { WEBHOOK_SECRET: before }, after: { WEBHOOK_SECRET: secret } });
    return {
      kind: "done",
      words: "There is a new webhook secret",
      detail: "Enter it in Seerr, Sonarr and Radarr: until then their webhooks are refused.",
      once: secret,
    };
  },
);

/** Makes a new webhook secret, shown this once. */
export async function renewWebhookSecretAction(): Promise<ActionResult & OnceShown> {
  return renew({});
}

const accept = adminAction("security", z.object({}), async (_input, _viewer, note) => {
  const ctx = webContext();
  const { WEBHOOK_SECRET } = (await ctx.loadConfig()).settings;
  await noteWebhookSecret(ctx.database.db, WEBHOOK_SECRET, ctx.now());
  note({
    before: { webhooks: "refused, as what held their secret was lost" },
    after: { webhooks: "accepted without a secret" },
  });
  return { kind: "done", words: "Webhooks are accepted again" };
});

/** Says that no webhook secret is needed, after the one there was is lost. */
export async function acceptWithoutSecretAction(): Promise<ActionResult> {
  return accept({});
}
