import { isLoginOn } from "@/lib/domain/access";
import { AppError } from "@/lib/errors";
import { listAdmins } from "@/lib/store/admins";
import { announceChange } from "@/lib/store/changes";
import type { Executor } from "@/lib/store/db";
import { findMilestone, forgetMilestone, reachMilestone } from "@/lib/store/milestones";
import { putSettingText } from "@/lib/store/settings";
import { readConfigEnv } from "../../config-file";
import type { ServiceContext } from "../context";
import type { Config } from "../load-config";

/** Whether login is on. That it is, is kept as a fact of its own: a lost file or setting does not undo it. */
export async function readLoginState(
  executor: Executor,
  config: Pick<Config, "writtenLogin">,
  now: Date,
): Promise<boolean> {
  const switchedOn = await findMilestone(executor, "login_switched_on");
  const on = isLoginOn(config.writtenLogin, switchedOn !== null);
  if (on && !switchedOn) {
    // It is on by the environment or the file: an "off" of earlier must not count once these are lost.
    await putSettingText(executor, "AUTH_ENABLED", null, now);
    await reachMilestone(executor, "login_switched_on", now);
  }
  return on;
}

/** Switches login on or off. Throws `conflict` when nobody could sign in, or when the environment decides. */
export async function switchLogin(
  ctx: ServiceContext,
  wanted: "on" | "off",
  env: Partial<Record<string, string>>,
): Promise<void> {
  const { db } = ctx.database;
  const { configDir } = await ctx.loadConfig();
  if ((env.AUTH_ENABLED ?? "") !== "" || readConfigEnv(configDir).AUTH_ENABLED) {
    throw new AppError(
      "conflict",
      "AUTH_ENABLED is set where BingeAlert is started: change it there",
    );
  }
  const now = ctx.now();
  await db.transaction(async (tx) => {
    if (wanted === "on" && (await listAdmins(tx)).length === 0) {
      throw new AppError("conflict", "Nobody could sign in: make an account with a password first");
    }
    await putSettingText(tx, "AUTH_ENABLED", wanted === "on" ? "true" : "false", now);
    if (wanted === "on") await reachMilestone(tx, "login_switched_on", now);
    else await forgetMilestone(tx, "login_switched_on");
    await announceChange(tx, "settings");
  });
}
