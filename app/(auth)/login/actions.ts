"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { localPath } from "@/lib/domain/access";
import { type LoginRefusal, loginRefusalWords } from "@/lib/domain/views/login";
import { readAccess } from "@/lib/web/access-settings";
import { writeAuditOf } from "@/lib/web/audit";
import { readSession, signIn, signOut } from "@/lib/web/auth";
import { isSameOrigin, requestHost } from "@/lib/web/same-origin";

/** Signs in and goes on to where one wanted to be, or says why not. For everybody who reaches the login page. */
export async function signInAction(
  _before: LoginRefusal | null,
  form: FormData,
): Promise<LoginRefusal | null> {
  const sent = await headers();
  const access = await readAccess();
  if (!isSameOrigin(sent) || !access.isHostAllowed(requestHost(sent))) {
    return loginRefusalWords({ kind: "other_site" });
  }
  const outcome = await signIn({
    name: textOf(form.get("name")),
    password: textOf(form.get("password")),
    turnstile: textOf(form.get("cf-turnstile-response")),
  });
  if (outcome.kind !== "signed_in") return loginRefusalWords(outcome);
  redirect(localPath(textOf(form.get("next"))));
}

/** Ends one's own session. */
export async function signOutAction(): Promise<void> {
  const sent = await headers();
  if (isSameOrigin(sent)) {
    const session = await readSession();
    await signOut();
    if (session) {
      await writeAuditOf(sent, { actor: session.name, area: "security", action: "Signed out" });
    }
  }
  redirect("/login");
}

const textOf = (value: FormDataEntryValue | null) => (typeof value === "string" ? value : "");
