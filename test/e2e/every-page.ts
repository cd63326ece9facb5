import { readdirSync } from "node:fs";
import path from "node:path";
import type postgres from "postgres";
import { settingSections } from "@/lib/domain/settings";

const folder = "app/(dashboard)";

/** Where a page whose address has a changing part is found in the sample household: as many places as tell something. */
const places: Record<string, (sql: postgres.Sql) => Promise<string[]>> = {
  "/requests/[id]": async (sql) => {
    const rows = await sql`select id from requests where title in ('Tidewater Road', 'Kestrel Down')
      or title like '%Donaudampf%' order by id`;
    return rows.flatMap(({ id }, nth) => [
      `/requests/${id}`,
      ...(nth === 0 ? [`/requests/${id}?tab=people`] : []),
    ]);
  },
  "/inbox/[id]": (sql) => newest(sql, "inbound_events", "/inbox"),
  "/users/[id]": (sql) => newest(sql, "users", "/users"),
  "/issues/[id]": (sql) => newest(sql, "issues", "/issues"),
  "/runs/[id]": (sql) => newest(sql, "job_runs", "/runs"),
  "/settings/[section]": async () =>
    Object.keys(settingSections).map((section) => `/settings/${section}`),
};

/** What else a page shows under an address of its own. */
const more = async (sql: postgres.Sql): Promise<string[]> => {
  const [mail] = await sql`select id from notifications where status = 'sent' order by id limit 1`;
  return [
    "/notifications?scope=history",
    "/notifications?tab=needs_you",
    ...(mail ? [`/notifications?scope=history&id=${mail.id}`] : []),
    "/requests?q=nothing-is-called-this",
    "/upcoming?view=month",
    "/activity?view=runs",
  ];
};

/** The addresses of the dashboard's pages, read from the folders of `app`: a new page is among them by itself. */
export async function everyPage(sql: postgres.Sql): Promise<string[]> {
  const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => `/${path.posix.dirname(file)}`.replace(/\/\.?$/, "") || "/")
    .sort();
  const addresses = await Promise.all(
    routes.map(async (route) => {
      if (!route.includes("[")) return [route];
      const find = places[route];
      if (!find) throw new Error(`Say in test/e2e/every-page.ts where ${route} is found`);
      return find(sql);
    }),
  );
  // `/settings` leads elsewhere, and sections with a page of their own are found twice.
  return [...new Set([...addresses.flat(), ...(await more(sql))])].filter(
    (address) => address !== "/settings",
  );
}

async function newest(sql: postgres.Sql, table: string, under: string): Promise<string[]> {
  const rows = await sql`select id from ${sql(table)} order by id desc limit 1`;
  return rows.map(({ id }) => `${under}/${id}`);
}
