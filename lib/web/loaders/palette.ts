import "server-only";
import type { PaletteHitView } from "@/lib/domain/views/palette";
import { personView } from "@/lib/domain/views/person";
import { seasonsLabel } from "@/lib/domain/views/requests";
import { listRequestPage, requestConditions } from "@/lib/store/views/request-list";
import { listUserPage } from "@/lib/store/views/user-list";
import { restartedParts } from "../restart";
import { webDatabase } from "../service-context";
import { requireViewer } from "../viewer";

/** Titles and people that contain a text, a few of each, and what can be done that is called so. */
export async function loadPaletteHits(text: string): Promise<PaletteHitView[]> {
  await requireViewer();
  const { db } = webDatabase();
  const filter = {
    text,
    states: null,
    userId: null,
    mediaType: null,
    isFourK: null,
    askedSince: null,
  };
  const newestFirst = { by: "news", direction: "desc" } as const;
  const byName = { by: "name", direction: "asc" } as const;
  const [found, people] = await Promise.all([
    requestConditions(db, filter).then((conditions) =>
      listRequestPage(db, conditions, newestFirst, { kind: "first" }, 7),
    ),
    listUserPage(db, { text, standings: null }, byName, { kind: "first" }, 4),
  ]);
  return [
    ...found.rows.map(
      (row): PaletteHitView => ({
        kind: "request",
        href: `/requests/${row.id}`,
        label: row.title,
        detail: [
          row.year,
          seasonsLabel(row.mediaType, row.seasons, row.coversAllSeasons),
          row.isFourK ? "4K" : null,
          row.people[0]?.name,
        ]
          .filter(Boolean)
          .join(" · "),
        posterPath: row.posterPath,
      }),
    ),
    ...people.rows.map(
      ({ user }): PaletteHitView => ({
        kind: "person",
        href: `/users/${user.id}`,
        label: user.displayName,
        detail: user.email ?? "No mail address in Seerr",
        person: personView(user.id, user.displayName),
      }),
    ),
    ...actions().filter(({ label }) => label.toLowerCase().includes(text.toLowerCase())),
  ];
}

function actions(): PaletteHitView[] {
  if (restartedParts().length === 0) return [];
  return [
    {
      kind: "action",
      href: "/system?ask=restart",
      label: "Restart BingeAlert",
      detail: "Asks first",
    },
  ];
}
