"use server";

import { z } from "zod";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { makeCalendarLink, revokeCalendarLink } from "@/lib/services/users/household-calendar";
import { adminAction } from "@/lib/web/admin-action";
import { calendarLinkDeed } from "@/lib/web/deeds";
import { webContext } from "@/lib/web/service-context";

const make = adminAction("security", z.object({}), async (_input, _viewer, note) => {
  note(await calendarLinkDeed("made"));
  await makeCalendarLink(webContext());
  return { kind: "done", words: "The calendar link was made" };
});

/** Makes a link to the calendar of everybody. */
export async function makeCalendarLinkAction(): Promise<ActionResult> {
  return make({});
}

const revoke = adminAction("security", z.object({}), async (_input, _viewer, note) => {
  note(await calendarLinkDeed("revoked"));
  await revokeCalendarLink(webContext());
  return { kind: "done", words: "The calendar link was revoked" };
});

/** Makes that link useless. */
export async function revokeCalendarLinkAction(): Promise<ActionResult> {
  return revoke({});
}
