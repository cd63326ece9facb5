"use server";

import { cookies, headers } from "next/headers";
import { z } from "zod";
import { setupSteps } from "@/lib/domain/setup";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { listWords } from "@/lib/domain/views/count-words";
import { type MailTrialView, setupStepNames } from "@/lib/domain/views/setup";
import { createAdmin, listAccounts } from "@/lib/services/access/admin-accounts";
import { switchLogin } from "@/lib/services/access/switch-login";
import { runJob } from "@/lib/services/runs/run-job";
import { changeSecurity, makeWebhookSecret } from "@/lib/services/settings/change-security";
import { isLocked } from "@/lib/services/settings/change-settings";
import { tryMail } from "@/lib/services/settings/try-mail";
import { readSetupProgress } from "@/lib/services/setup/setup-progress";
import { completeSetup, noteSetupStep, redeemSetupToken } from "@/lib/services/setup/setup-state";
import { forgetAccess, readAccess } from "@/lib/web/access-settings";
import { adminAction } from "@/lib/web/admin-action";
import { writeAuditOf } from "@/lib/web/audit";
import { limitSetupToken } from "@/lib/web/rate-limit";
import { isHttps, isSameOrigin, requestHost } from "@/lib/web/same-origin";
import { webContext } from "@/lib/web/service-context";
import { setupCookie } from "@/lib/web/viewer";

/** Takes the token of the log. For everybody who reaches the wizard. */
export async function showTokenAction(typed: string): Promise<ActionResult> {
  const sent = await headers();
  const access = await readAccess();
  if (!isSameOrigin(sent) || !access.isHostAllowed(requestHost(sent))) {
    return { kind: "refused", words: "This came from another site" };
  }
  const limit = await limitSetupToken(sent);
  if (limit.kind === "limited") {
    return {
      kind: "refused",
      words: `Too many tries. Try again in ${limit.retryAfterSeconds} s`,
    };
  }
  const taken = await redeemSetupToken(webContext(), String(typed).slice(0, 200));
  if (!taken) {
    return {
      kind: "refused",
      words: "This is not the token",
      detail:
        "Each is good for one browser. A restart of BingeAlert writes a new one into its log.",
    };
  }
  (await cookies()).set(setupCookie, taken.pass, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    expires: taken.expiresAt,
    secure: isHttps(sent, access.publicBaseUrl),
  });
  const action = "Entered the token of the log";
  await writeAuditOf(sent, { actor: "set-up", area: "security", action });
  return { kind: "done", words: "That is the token" };
}

/** An action of the wizard: refused once set-up is over. */
function setupAction<S extends z.ZodType, R extends ActionResult>(
  schema: S,
  handler: Parameters<typeof adminAction<S, R | ActionResult>>[2],
) {
  return adminAction<S, R | ActionResult>("settings", schema, async (input, viewer, note) => {
    if (!(await readAccess()).setupOpen) {
      return { kind: "refused", words: "Set-up is over", detail: "Go on under Settings." };
    }
    return handler(input, viewer, note);
  });
}

const begin = setupAction(z.object({}), async () => {
  await noteSetupStep(webContext(), "setup_begun");
  return { kind: "done", words: "Set-up began" };
});

/** Begins: from now on the wizard ends only by its last step. */
export async function beginAction(): Promise<ActionResult> {
  return begin({});
}

const trial = z.object({ to: z.string().trim().max(254) });

const tryIt = setupAction(
  trial,
  async ({ to }, _viewer, note): Promise<ActionResult & { trial?: MailTrialView }> => {
    const result = await tryMail(webContext(), to);
    note({ subject: "test mail", after: { to } });
    return { kind: "done", words: "Tried", trial: result };
  },
);

/** Sends a test mail with what is saved, and says what the mail server answered. */
export async function tryMailAction(
  input: z.input<typeof trial>,
): Promise<ActionResult & { trial?: MailTrialView }> {
  return tryIt(input);
}

const confirm = setupAction(z.object({}), async () => {
  await noteSetupStep(webContext(), "setup_mail");
  return { kind: "done", words: "E-mail works" };
});

/** The test mail arrived. */
export async function confirmMailAction(): Promise<ActionResult> {
  return confirm({});
}

const sync = setupAction(z.object({}), async () => {
  const ctx = webContext();
  for (const name of ["sync-users", "sync-requests", "reconcile"] as const) await runJob(ctx, name);
  return { kind: "done", words: "The first sync begins" };
});

/** Begins the first sync. */
export async function startSyncAction(): Promise<ActionResult> {
  return sync({});
}

const behave = setupAction(z.object({}), async () => {
  await noteSetupStep(webContext(), "setup_behaviour");
  return { kind: "done", words: "Chosen" };
});

/** How it behaves was chosen; the settings themselves are saved by their own action. */
export async function confirmBehaviourAction(): Promise<ActionResult> {
  return behave({});
}

const secret = setupAction(z.object({}), async (_input, _viewer, note) => {
  const ctx = webContext();
  const { settings } = await ctx.loadConfig();
  note(null);
  if (settings.WEBHOOK_SECRET !== "" || isLocked("WEBHOOK_SECRET", process.env)) {
    return { kind: "done", words: "There is a webhook secret" };
  }
  await changeSecurity(ctx, { WEBHOOK_SECRET: makeWebhookSecret() }, process.env);
  note({ before: { webhookSecret: "" }, after: { webhookSecret: "made" } });
  return { kind: "done", words: "A webhook secret was made" };
});

/** Makes the webhook secret, unless there is one. */
export async function ensureSecretAction(): Promise<ActionResult> {
  return secret({});
}

const ending = z.object({
  login: z.enum(["on", "off"]),
  name: z.string().trim(),
  password: z.string(),
});

const finish = setupAction(ending, async ({ login, name, password }, viewer, note) => {
  const ctx = webContext();
  const { db } = ctx.database;
  const { done } = await readSetupProgress(ctx, await ctx.loadConfig());
  const missing = setupSteps.filter((step) => step !== "security" && !done.has(step));
  if (missing.length > 0) {
    const names = listWords(missing.map((step) => setupStepNames[step]));
    return { kind: "refused", words: `Not done yet: ${names}` };
  }
  const { loginOn } = await readAccess();
  let isOwner = false;
  if (login === "on" && !loginOn) {
    if ((await listAccounts(db)).length === 0) {
      await createAdmin(db, { name, password }, viewer, ctx.now());
      isOwner = true;
    }
    await switchLogin(ctx, "on", process.env);
  }
  await completeSetup(ctx);
  forgetAccess();
  (await cookies()).delete(setupCookie);
  note({
    before: { setup: "open", AUTH_ENABLED: loginOn },
    after: { setup: "complete", AUTH_ENABLED: login === "on" || loginOn },
  });
  if (isOwner) {
    const { signIn } = await import("@/lib/web/auth");
    // Without Turnstile, whose keys nobody can have entered yet; else the sign-in page asks.
    await signIn({ name, password, turnstile: "" });
  }
  return { kind: "done", words: "Set-up is complete" };
});

/** Ends set-up, for ever: with a login, or without one. */
export async function finishAction(input: z.input<typeof ending>): Promise<ActionResult> {
  return finish(input);
}
