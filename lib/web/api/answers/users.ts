import "server-only";
import type { z } from "zod";
import { preferencesOf } from "@/lib/domain/preferences";
import { standingChoices } from "@/lib/domain/views/users";
import { AppError } from "@/lib/errors";
import { revokeLinks } from "@/lib/services/revoke-links";
import { sendPersonalLink } from "@/lib/services/send-personal-link";
import { setUserActive } from "@/lib/services/set-user-active";
import { findUser, type User } from "@/lib/store/users";
import { listUserPage } from "@/lib/store/views/user-list";
import { linksDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { deleteUserLinks, getUser, getUsers, patchUser, postUserLink } from "../contracts/users";
import { iso } from "../moments";
import { encodeNamePlace } from "../name-cursor";

export const userList = apiRoute(getUsers, async ({ query }) => {
  const { after } = query;
  const { rows, older } = await listUserPage(
    webContext().database.db,
    {
      text: query.q ?? null,
      standings: standingChoices.find(({ value }) => value === query.mails)?.standings ?? null,
    },
    { by: "name", direction: "asc" },
    after ? { kind: "after", place: { at: after.name, id: after.id } } : { kind: "first" },
    query.limit,
  );
  return {
    rows: rows.map(({ user, requestCount, lastToldAt }) => ({
      ...userOf(user),
      requestCount,
      lastToldAt: iso(lastToldAt),
    })),
    next: older ? encodeNamePlace({ name: older.at, id: older.id }) : null,
  };
});

export const userDetail = apiRoute(getUser, async ({ params }) => {
  const user = await findUser(webContext().database.db, params.id);
  if (!user) throw new AppError("not_found", "There is no such person");
  const { frequency, digestHour, quietHours, language } = preferencesOf(user);
  return { ...userOf(user), preferences: { language, frequency, digestHour, quietHours } };
});

export const userLink = apiRoute(postUserLink, async ({ params, note }) => {
  const { displayName } = await sendPersonalLink(webContext(), params.id);
  note({ subject: displayName, after: { userId: params.id } });
  return null;
});

export const userLinksRevocation = apiRoute(deleteUserLinks, async ({ params, note }) => {
  const deed = await linksDeed(params.id, {});
  const sent = await revokeLinks(webContext(), params.id);
  note({ ...deed, after: { userId: params.id, links: "revoked", newOnes: sent } });
  return { mailed: sent === "mailed" };
});

export const userChange = apiRoute(patchUser, async ({ params, body, note }) => {
  const { user, wasActive } = await setUserActive(webContext(), params.id, body.active);
  note({
    subject: user.displayName,
    before: { active: wasActive },
    after: { userId: user.id, ...body },
  });
  return userOf(user);
});

function userOf(user: User): z.input<typeof patchUser.response> {
  return {
    id: user.id,
    seerrUserId: user.seerrUserId,
    name: user.displayName,
    email: user.email,
    isActive: user.isActive,
    deactivatedAt: iso(user.deactivatedAt),
    unsubscribedAt: iso(user.unsubscribedAt),
    goneFromSeerrAt: iso(user.goneFromSeerrAt),
    switchedOffKinds: user.mutedKinds,
    timeZone: user.timeZone,
  };
}
