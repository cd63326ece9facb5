import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { SetupStep } from "@/lib/domain/setup";
import type { SettingFieldView } from "@/lib/domain/views/settings";
import type { SetupView, SyncLineView, SyncView } from "@/lib/domain/views/setup";
import { listAccounts } from "@/lib/services/access/admin-accounts";
import { isLocked } from "@/lib/services/settings/change-settings";
import { readSetupProgress } from "@/lib/services/setup/setup-progress";
import { listBaselines } from "@/lib/store/instances";
import { type JobRun, listLatestRuns } from "@/lib/store/job-runs";
import { findMilestone } from "@/lib/store/milestones";
import { summarizeKnown } from "@/lib/store/views/setup";
import { readAccess } from "../access-settings";
import { webContext } from "../service-context";
import { findViewer, requireViewer } from "../viewer";
import { settingField } from "./setting-fields";

/** The first page: for everybody while set-up is open; others are sent where they belong. */
export async function loadWelcome(): Promise<
  { kind: "token_needed" } | { kind: "open"; setup: SetupView }
> {
  const access = await readAccess();
  if (!access.setupOpen) redirect("/");
  const entry = await findViewer(await headers());
  if (entry.kind === "token_needed") return { kind: "token_needed" };
  await requireViewer();
  return { kind: "open", setup: await progress() };
}

/** How far set-up is, for who may do it; once it is over, there is only its last page. */
export const loadSetup = cache(async (): Promise<SetupView> => {
  await requireViewer();
  const access = await readAccess();
  if (!access.setupOpen) redirect("/setup/done");
  return progress();
});

/** The same for one step: what comes before it is done. */
export async function loadStep(step: SetupStep): Promise<SetupView> {
  const setup = await loadSetup();
  if (setup.isFresh) redirect("/setup");
  if (!setup.done.includes(step) && setup.next !== step) redirect(`/setup/${setup.next}`);
  return setup;
}

/** What the last page says: whether set-up is over, and how one gets in from now on. */
export async function loadDone(): Promise<{ loginOn: boolean }> {
  await requireViewer();
  const access = await readAccess();
  if (access.setupOpen) redirect("/setup");
  return { loginOn: access.loginOn };
}

async function progress(): Promise<SetupView> {
  const ctx = webContext();
  const { isFresh, done, next } = await readSetupProgress(ctx, await ctx.loadConfig());
  return { isFresh, done: [...done], next };
}

const mailNames = [
  "SMTP_HOST",
  "SMTP_PORT",
  "SMTP_SECURITY",
  "SMTP_USER",
  "SMTP_PASSWORD",
  "SMTP_FROM",
  "ADMIN_EMAIL",
] as const;

/** The settings of e-mail. */
export async function loadMailStep(): Promise<{ fields: SettingFieldView[] }> {
  await loadStep("mail");
  const config = await webContext().loadConfig();
  return { fields: mailNames.map((name) => settingField(config, name)) };
}

const behaviourNames = [
  "NOTIFICATION_INITIAL_DELAY_SECONDS",
  "NOTIFICATION_EXTENSION_DELAY_SECONDS",
  "NOTIFICATION_MAX_WAIT_SECONDS",
  "QUALITY_HOLD_UNTIL_CUTOFF",
  "ISSUE_AUTOFIX_MODE",
] as const;

/** The settings behind the three questions. */
export async function loadBehaviourStep(): Promise<{ fields: SettingFieldView[] }> {
  await loadStep("behaviour");
  const config = await webContext().loadConfig();
  return { fields: behaviourNames.map((name) => settingField(config, name)) };
}

/** Who may sign in so far, and whether the environment decides about the login. */
export async function loadSecurityStep(): Promise<{
  accounts: number;
  loginOn: boolean;
  isLoginLocked: boolean;
  hasWebhookSecret: boolean;
}> {
  await loadStep("security");
  const ctx = webContext();
  const [access, accounts, { settings }] = await Promise.all([
    readAccess(),
    listAccounts(ctx.database.db),
    ctx.loadConfig(),
  ]);
  return {
    accounts: accounts.length,
    loginOn: access.loginOn,
    isLoginLocked: isLocked("AUTH_ENABLED", process.env),
    hasWebhookSecret: settings.WEBHOOK_SECRET !== "",
  };
}

/** Titles shown of what is known. */
const shownTitles = 6;

/** How the first sync is going, service by service. */
export async function loadSyncStep(): Promise<SyncView> {
  await loadStep("sync");
  const ctx = webContext();
  const { db } = ctx.database;
  const [{ instances }, runs, baselines, firstSync, known] = await Promise.all([
    ctx.loadConfig(),
    listLatestRuns(db),
    listBaselines(db),
    findMilestone(db, "first_sync"),
    summarizeKnown(db, shownTitles),
  ]);
  const runOf = (name: string) => runs.find((run) => run.name === name) ?? null;
  const check = runOf("reconcile");
  const lines: SyncLineView[] = [
    runLine("people", "People in Seerr", runOf("sync-users")),
    runLine("requests", "Requests in Seerr", runOf("sync-requests")),
    ...instances.map(({ key, name }) => instanceLine(key, name, baselines.has(key), check)),
  ];
  const relevant = [runOf("sync-users"), runOf("sync-requests"), check];
  const failed = relevant.find(
    (run) => run?.outcome === "failed" || run?.outcome === "interrupted",
  );
  const isDone = firstSync !== null && instances.every(({ key }) => baselines.has(key));
  return {
    lines,
    isRunning: relevant.some((run) => run !== null && run.finishedAt === null),
    isDone,
    failure: isDone ? null : (failed?.error ?? failed?.words ?? null),
    ...known,
  };
}

function runLine(key: string, name: string, run: JobRun | null): SyncLineView {
  const line = { key, name, done: run?.done ?? 0, total: run?.total ?? null };
  if (!run) return { ...line, state: "waiting", words: "Waits for its turn" };
  if (run.finishedAt === null) return { ...line, state: "running", words: run.words ?? "Begins" };
  return run.outcome === "ok"
    ? { ...line, state: "done", words: run.words ?? "Read" }
    : { ...line, state: "failed", words: run.error ?? "It stopped in the middle" };
}

function instanceLine(
  key: string,
  name: string,
  isKnown: boolean,
  check: JobRun | null,
): SyncLineView {
  const line = { key, name, done: 0, total: null };
  if (isKnown) return { ...line, state: "done", words: "What it holds is known" };
  if (check && check.finishedAt === null && check.words?.includes(name)) {
    return {
      ...line,
      state: "running",
      words: check.words,
      done: check.done,
      total: check.total,
    };
  }
  if (check?.outcome === "failed") return { ...line, state: "failed", words: "Not read yet" };
  return { ...line, state: "waiting", words: "Waits for its turn" };
}
