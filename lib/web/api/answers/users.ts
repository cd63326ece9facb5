import "server-only";
import type { z } from "zod";
import { preferencesOf } from "@/lib/domain/preferences";
import type { RequestState } from "@/lib/domain/request-state";
import { recipientState } from "@/lib/domain/views/recipient-state";
import { standingChoices, userSort } from "@/lib/domain/views/users";
import { AppError } from "@/lib/errors";
import { revokeLinks } from "@/lib/services/users/revoke-links";
import { sendPersonalLink } from "@/lib/services/users/send-personal-link";
import { setUserActive } from "@/lib/services/users/set-user-active";
import { findUser, type User } from "@/lib/store/users";
import { listTitlesOfUser, type TitleOfUser } from "@/lib/store/views/titles-of-user";
import { listUserPage } from "@/lib/store/views/user-list";
import { linksDeed } from "../../deeds";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import {
  deleteUserLinks,
  getUser,
  getUsers,
  getUserTitles,
  patchUser,
  postUserLink,
} from "../contracts/users";
import { iso } from "../moments";
import { encodeTitlePlace } from "../title-cursor";
import { encodeUserPlace } from "../user-cursor";

export const userList = apiRoute(getUsers, async ({ query }) => {
  const { after, sort } = query;
  if (after && after.order !== sort) {
    throw new AppError("bad_request", `This place belongs to the order ${after.order}`);
  }
  const { rows, older } = await listUserPage(
    webContext().database.db,
    {
      text: query.q ?? null,
      standings: standingChoices.find(({ value }) => value === query.mails)?.standings ?? null,
    },
    userSort(sort),
    after ? { kind: "after", place: after.place } : { kind: "first" },
    query.limit,
  );
  return {
    rows: rows.map(({ user, requestCount, lastToldAt }) => ({
      ...userOf(user),
      requestCount,
      lastToldAt: iso(lastToldAt),
    })),
    next: older ? encodeUserPlace({ order: sort, place: older }) : null,
  };
});

export const userDetail = apiRoute(getUser, async ({ params }) => {
  const user = await findUser(webContext().database.db, params.id);
  if (!user) throw new AppError("not_found", "There is no such person");
  const { frequency, digestHour, quietHours, language } = preferencesOf(user);
  return { ...userOf(user), preferences: { language, frequency, digestHour, quietHours } };
});

export const userTitles = apiRoute(getUserTitles, async ({ params, query }) => {
  const { db } = webContext().database;
  const [user, titles] = await Promise.all([
    findUser(db, params.id),
    listTitlesOfUser(db, params.id, query.limit + 1, query.after ?? null),
  ]);
  if (!user) throw new AppError("not_found", "There is no such person");
  const rows = titles.slice(0, query.limit);
  const last = titles.length > query.limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map((title) => titleOf(title, user)),
    next: last ? encodeTitlePlace(last.place) : null,
  };
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

function titleOf(
  title: TitleOfUser,
  user: User,
): z.input<typeof getUserTitles.response>["rows"][0] {
  const reader = { now: webContext().now(), timeZone: "UTC" };
  const { mail, notTold } = title;
  return {
    requestId: title.requestId,
    mediaType: title.mediaType,
    title: title.title,
    year: title.year,
    is4k: title.isFourK,
    seasons: title.seasons,
    coversAllSeasons: title.coversAllSeasons,
    posterPath: title.posterPath,
    requestState: title.state as RequestState,
    lastNewsAt: iso(title.lastNewsAt),
    source: title.how,
    since: iso(title.since),
    mutedAt: iso(title.mutedAt),
    state: recipientState({ ...title, request: title, user }, reader),
    told: title.ledger
      .filter(({ how }) => how === "told")
      .map(({ mediaKey, at }) => ({ mediaKey, at: iso(at) })),
    mail: mail && { id: mail.id, status: mail.status, dueAt: iso(mail.dueAt), at: iso(mail.at) },
    notTold: notTold && { ...notTold, at: iso(notTold.at) },
  };
}

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
