"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { revokeLinks } from "@/lib/services/users/revoke-links";
import { sendPersonalLink } from "@/lib/services/users/send-personal-link";
import { setUserActive } from "@/lib/services/users/set-user-active";
import { adminAction } from "@/lib/web/admin-action";
import { linksDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const person = z.object({ userId: z.number().int().positive() });

const setActive = adminAction(
  "users",
  person.extend({ isActive: z.boolean() }),
  async ({ userId, isActive }, _viewer, note) => {
    const { user, wasActive } = await setUserActive(webContext(), userId, isActive);
    note({
      subject: user.displayName,
      before: { active: wasActive },
      after: { userId, active: isActive },
    });
    return {
      kind: "done",
      words: isActive
        ? `${user.displayName} gets mails again`
        : `${user.displayName} gets no more mails`,
    };
  },
);

/** Switches a person's mails on or off. */
export async function setActiveAction(userId: number, isActive: boolean): Promise<ActionResult> {
  return setActive({ userId, isActive });
}

const sendLink = adminAction("users", person, async ({ userId }, _viewer, note) => {
  const user = await sendPersonalLink(webContext(), userId);
  note({ subject: user.displayName, after: { userId } });
  return { kind: "done", words: `A mail with the link is on its way to ${user.displayName}` };
});

/** Mails a person the link to their own page. */
export async function sendLinkAction(userId: number): Promise<ActionResult> {
  return sendLink({ userId });
}

const revoke = adminAction("users", person, async ({ userId }, _viewer, note) => {
  const deed = await linksDeed(userId, {});
  const sent = await revokeLinks(webContext(), userId);
  note({ ...deed, after: { userId, links: "revoked", newOnes: sent } });
  return {
    kind: "done",
    words: "All links are revoked",
    detail:
      sent === "mailed" ? "New ones are on their way by mail." : "No mail with new ones goes out.",
  };
});

/** Makes every link a person has useless. */
export async function revokeLinksAction(userId: number): Promise<ActionResult> {
  return revoke({ userId });
}
