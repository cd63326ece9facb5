import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fillAtScale, scale } from "./household-at-scale";
import type { BenchProduct } from "./product";
import { figure, heading, median } from "./report";

const rounds = 9;
const audits = 200_000;

/** List pages at a scale nobody has: first and deep pages, with search and filters. Server time, whole answer. */
export async function benchPages(product: BenchProduct): Promise<void> {
  const began = Date.now();
  await fillAtScale(product.sql);
  await fillAudit(product.sql);
  await fillCalendar(product.sql);
  await fillIssues(product.sql);
  fillLogs(product.configDir);
  heading(
    `List pages with ${scale.requests} requests, ${scale.notifications} notifications, ${scale.timeline} timeline rows, ${scale.events} events, ${audits} deeds, full logs (filled in ${Math.round((Date.now() - began) / 1000)} s)`,
  );
  const paths = [
    "/",
    "/statistics",
    "/requests",
    "/requests?q=harbour",
    "/requests?q=anna",
    "/requests?q=nothing-like-this",
    "/requests?state=gathering",
    "/requests?state=gathering&q=harbour",
    "/requests?sort=title",
    "/notifications",
    "/notifications?scope=history",
    "/notifications?scope=history&q=lantern",
    "/notifications?scope=history&q=nothing-like-this",
    "/notifications/held",
    "/inbox",
    "/inbox?q=harbour",
    "/inbox?q=nothing-like-this",
    "/inbox?source=radarr",
    "/issues",
    "/issues?q=harbour",
    "/issues?q=nothing-like-this",
    "/users",
    "/users?q=anna",
    "/users?sort=-requests",
    "/users?sort=-told",
    "/users?mails=none",
    "/system",
    "/backups",
    "/maintenance",
    "/settings/services",
    "/settings/security",
    "/upcoming",
    "/upcoming?days=60&view=month",
    "/activity",
    "/activity?q=nothing-like-this",
    "/activity?q=lantern",
    "/activity?person=mira",
    "/activity?area=security",
    "/activity?view=runs",
    "/logs",
    "/logs?level=error",
    "/logs?q=nothing-like-this",
    "/logs?field=task%3Dflush_batch",
  ];
  for (const path of paths) {
    figure(path, await measure(product, path));
    const older = await deeper(product, path);
    if (older) figure(`${path} (page 20)`, await measure(product, older));
  }
  for (const [page, table] of [
    ["/users", "users"],
    ["/inbox", "inbound_events"],
    ["/issues", "issues"],
  ] as const) {
    const [row] = await product.sql<
      { id: number }[]
    >`select id from ${product.sql(table)} order by id limit 1`;
    if (row) figure(`${page}/{id}`, await measure(product, `${page}/${row.id}`));
  }
  const [request] = await product.sql<
    { id: number }[]
  >`select id from requests order by last_news_at desc limit 1`;
  if (request) figure("/requests/{id}", await measure(product, `/requests/${request.id}`));
}

async function measure(product: BenchProduct, path: string): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < rounds + 1; round++) {
    const began = performance.now();
    const answer = await fetch(`${product.app.url}${path}`, { redirect: "error" });
    const text = await answer.text();
    if (!answer.ok || text.length < 1000) throw new Error(`${path} answered ${answer.status}`);
    if (round > 0) times.push(performance.now() - began);
  }
  return `median ${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`;
}

/** Follows "Older" until page 20; null where the list has no such page. */
async function deeper(product: BenchProduct, path: string): Promise<string | null> {
  let current = path;
  for (let page = 1; page < 20; page++) {
    const text = await (await fetch(`${product.app.url}${current}`)).text();
    const link = /<a[^>]*href="([^"]*[?&](?:after|before)=[^"]*)"/.exec(text)?.[1];
    if (!link) return null;
    current = link.replaceAll("&amp;", "&");
    if (current.startsWith("?")) current = `${path.split("?")[0]}${current}`;
  }
  return current;
}

/** Deeds of five people over a year. */
async function fillAudit(sql: BenchProduct["sql"]): Promise<void> {
  await sql`insert into audit_entries (at, actor, address, area, action, subject, before, after)
    select now() - n * interval '2 minutes', (array['anna', 'mira', 'ben', 'jonas', 'key Homepage'])[n % 5 + 1],
      '192.168.1.' || n % 250, (array['mails', 'requests', 'users', 'settings', 'security'])[n % 7 % 5 + 1],
      'Released; on its way to the mail server', case when n % 3 = 0 then 'Paper Lantern ' || n end,
      jsonb_build_object('PLEX_DEADLINE_HOURS', n % 100), jsonb_build_object('PLEX_DEADLINE_HOURS', n % 99, 'notificationId', n)
    from generate_series(${audits}::int, 1, -1) n`;
  await sql`analyze audit_entries`;
}

/** As many issues as a very large household reports in years. */
async function fillIssues(sql: BenchProduct["sql"]): Promise<void> {
  await sql`insert into issues (seerr_issue_id, type, media_type, tmdb_id, tvdb_id, title, reporter_id, request_id, status,
      reported_at, stepped_at, last_news_at)
    select id, (array['video', 'audio', 'subtitles', 'other'])[id % 4 + 1], media_type, tmdb_id, tvdb_id, title, user_id, id,
      case when id % 400 = 0 then 'failed' else 'resolved' end, last_news_at, last_news_at, last_news_at
    from requests where id % 5 = 0`;
  await sql`analyze issues`;
}

/** Two months of what 2 000 of the requested shows and movies bring. */
async function fillCalendar(sql: BenchProduct["sql"]): Promise<void> {
  await sql`insert into calendar_entries (instance_key, media_key, release, at, is_4k, tmdb_id, tvdb_id, title,
      season, episode, is_monitored, has_file, changed_at)
    select distinct on (r.media_type, r.tmdb_id, r.is_4k)
      case when r.media_type = 'tv' then 'sonarr' else 'radarr' end,
      case when r.media_type = 'tv' then 'episode:tvdb:' || r.tvdb_id || ':s' || coalesce(s.season, 1) || 'e99' else 'movie:tmdb:' || r.tmdb_id end
        || case when r.is_4k then ':4k' else '' end,
      case when r.media_type = 'tv' then 'air' else 'digital' end,
      now() + r.id % 60 * interval '1 day', r.is_4k, r.tmdb_id, r.tvdb_id, r.title,
      case when r.media_type = 'tv' then coalesce(s.season, 1) end, case when r.media_type = 'tv' then 99 end, true, false, now()
    from requests r left join lateral (select min(season) as season from request_seasons where request_id = r.id) s on true
    where r.status = 'approved' and (r.media_type = 'movie' or r.tvdb_id is not null)
    order by r.media_type, r.tmdb_id, r.is_4k limit 2000
    on conflict do nothing`;
  await sql`analyze calendar_entries`;
}

/** Five full files of each process. */
function fillLogs(configDir: string): void {
  const folder = path.join(configDir, "logs");
  mkdirSync(folder, { recursive: true });
  const now = Date.now();
  for (const [place, name] of ["web", "worker", "supervisor"].entries()) {
    for (let file = 1; file <= 5; file++) {
      const lines: string[] = [];
      for (let bytes = 0; bytes < 5 * 1024 * 1024; bytes += lines.at(-1)?.length ?? 1) {
        const time = new Date(
          now - ((6 - file) * 30_000 - lines.length) * 700 - place,
        ).toISOString();
        const level = lines.length % 400 === 0 ? "warn" : "info";
        lines.push(
          JSON.stringify({
            ...{ time, level, message: "job done", task: "deliver_notification" },
            ...{ jobId: String(lines.length), worker: "worker-4f0c2a1b9d", ms: lines.length % 90 },
          }),
        );
      }
      // Above what the running processes write to meanwhile.
      writeFileSync(
        path.join(folder, `${name}.${String(100 + file).padStart(6, "0")}.jsonl`),
        `${lines.join("\n")}\n`,
      );
    }
  }
}
