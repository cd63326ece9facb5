import { afterEach, expect, test } from "vitest";
import { startDueRuns } from "@/lib/services/runs/start-due-runs";
import { toldByMail } from "@/test/integration/promises/told-by-mail";
import { openTimedStage, somebody } from "@/test/integration/reconcile/check-stage";
import { closeStage, type Stage } from "@/test/integration/scenarios/stage";
import { createRandom } from "@/test/support/fault-run/random";
import type { ImportedFile } from "@/test/support/upstreams/imported-file";
import type { SeerrUser } from "@/test/support/upstreams/seerr-model";
import type { WebhookSender } from "@/test/support/upstreams/webhook-sender";
import type { MovieTitle, ShowTitle } from "@/test/support/upstreams/world";

/** A week of the month by default; `MONTH_DAYS=30` plays all of it, `MONTH_SEED=7` another one. */
const days = Number(process.env.MONTH_DAYS ?? 7);
const seed = Number(process.env.MONTH_SEED ?? 20261122);

let stage: Stage;
afterEach(() => closeStage(stage));

type Wanted =
  | { kind: "movie"; user: SeerrUser; title: MovieTitle; isThere: boolean }
  | { kind: "show"; user: SeerrUser; title: ShowTitle; nextEpisode: number };
const episodesPerShow = 8;

/** The Sundays at 09:00 UTC within a stretch of time. */
function sundays(from: Date, until: Date): number {
  let count = 0;
  for (let at = from.getTime(); at < until.getTime(); at += 60_000 * 60) {
    const hour = new Date(at);
    if (hour.getUTCDay() === 0 && hour.getUTCHours() === 9) count += 1;
  }
  return count;
}

/** What a mail server refused for good, with the reason the timeline gives. */
async function refusedForGood({
  household,
}: Stage): Promise<{ news: string; reason: string | null }[]> {
  return household.ctx.database.raw<{ news: string; reason: string | null }[]>`
    select lower(u.display_name) || ' ' || i.media_key as news,
      (select t.reason from timeline_entries t where t.notification_id = n.id and t.code = 'mail_failed'
        limit 1) as reason
    from notifications n join users u on u.id = n.user_id
      join notification_items i on i.notification_id = n.id
    where n.status = 'failed'`;
}

test(
  `${days} days of chance: webhooks lost, tripled and late, services and database down at times, mails refused, restarts: told once, all told, nothing that does not play, one summary a week`,
  async () => {
    const random = createRandom(seed);
    stage = await openTimedStage({
      RECONCILIATION_INTERVAL_HOURS: "6",
      RECONCILIATION_HOLD_ABOVE: "10000",
      NOTIFICATION_CHECK_FREQUENCY_SECONDS: "300",
      PLEX_DEADLINE_HOURS: "168",
      HEALTH_CHECK_INTERVAL_MINUTES: "1440",
      STUCK_MONITOR_ENABLED: "false",
      QUALITY_MONITOR_ENABLED: "false",
      BACKUP_INTERVAL_HOURS: "0",
      WEEKLY_SUMMARY_WHEN_QUIET: "true",
    });
    const { stack, household } = stage;
    const startedAt = household.now;
    const users = ["Anna", "Jonas", "Mira"].map((name) => somebody(stage, name));
    const wanted: Wanted[] = [];
    const due = new Set<string>();
    const hidden: ImportedFile[] = [];
    const shown = new Set<string>();

    const tick = async () => {
      await startDueRuns(household.ctx);
      await household.settle();
    };
    /** What arrives of what was just sent: lost three times in ten, tripled two times in ten. */
    const maul = async (sender: WebhookSender, act: () => Promise<ImportedFile[]>) => {
      const fate = random.next();
      if (fate < 0.3) sender.lose(Number.POSITIVE_INFINITY);
      const before = sender.deliveries.length;
      const files = await act();
      sender.lose(0);
      if (fate > 0.8) {
        for (const delivery of sender.deliveries.slice(before)) {
          await sender.resend(delivery);
          await sender.resend(delivery);
        }
      }
      return files;
    };
    const show = (file: ImportedFile, key: string) => {
      stack.plex.show(file);
      shown.add(key);
    };
    const keyOf = (want: Wanted, episode: number) =>
      want.kind === "movie"
        ? `movie:tmdb:${want.title.tmdbId}`
        : `episode:tvdb:${want.title.tvdbId}:s01e0${episode}`;
    const sonarrOf = (title: ShowTitle) =>
      title.seriesType === "anime" ? stack.sonarrAnime : stack.sonarr;
    /** Events of days ago arrive once more, lost ones for the first time: late and out of order. */
    const echo = async () => {
      for (const { webhooks } of [...stack.sonarrs, ...stack.radarrs]) {
        if (webhooks.deliveries.length > 0) await webhooks.resend(random.pick(webhooks.deliveries));
      }
    };
    /** The mail server asks to try later, or refuses somebody for good, a few times. */
    const balk = () => {
      const { email } = random.pick(users);
      const kind = random.pick(["defer-recipient", "defer-message", "refuse-recipient"] as const);
      stack.mailbox.behave(email ?? "", { kind, message: "Not today" }, { times: 1 });
    };
    /** Every connection to PostgreSQL breaks, as when it is started again. */
    const breakConnections = () => household.ctx.database.raw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const keyOfHidden = new Map<ImportedFile, string>();
    const reveal = (count: number) => {
      for (const file of hidden.splice(0, count)) show(file, keyOfHidden.get(file) ?? "");
    };

    const ask = async (n: number) => {
      const user = random.pick(users);
      const silent = random.chance(0.3);
      if (random.chance(0.4)) {
        const title = stack.world.addMovie({ title: `Film ${n}` });
        await stack.seerr.request({ user, title, autoApprove: true, silent });
        wanted.push({ kind: "movie", user, title, isThere: false });
      } else {
        const title = stack.world.addShow({
          title: `Series ${n}`,
          seasons: { 1: episodesPerShow },
          // The two Sonarr count from the same number: equal ids mean different shows.
          ...(random.chance(0.4) ? { seriesType: "anime" as const } : {}),
        });
        await stack.seerr.request({ user, title, autoApprove: true, silent });
        wanted.push({ kind: "show", user, title, nextEpisode: 1 });
      }
    };
    const fetchOne = async () => {
      const open = wanted.filter((want) =>
        want.kind === "movie" ? !want.isThere : want.nextEpisode <= episodesPerShow,
      );
      if (open.length === 0) return;
      const want = random.pick(open);
      const episode = want.kind === "show" ? want.nextEpisode : 0;
      const files =
        want.kind === "movie"
          ? await maul(stack.radarr.webhooks, async () => [await stack.radarr.import(want.title)])
          : await maul(sonarrOf(want.title).webhooks, () =>
              sonarrOf(want.title).import(want.title, 1, episode),
            );
      if (want.kind === "movie") want.isThere = true;
      else want.nextEpisode += 1;
      const key = keyOf(want, episode);
      due.add(`${want.user.displayName.toLowerCase()} ${key}`);
      for (const file of files) {
        if (random.chance(0.7)) show(file, key);
        else {
          hidden.push(file);
          keyOfHidden.set(file, key);
        }
      }
    };

    await ask(0);
    for (let part = 0; part < days * 2; part++) {
      const services = [stack.seerr, stack.sonarr, stack.radarr, stack.plex, stack.mailbox];
      const down = random.chance(0.2) ? random.pick(services) : null;
      if (random.chance(0.4)) await ask(part + 1);
      await down?.down();
      for (let n = random.between(1, 2); n > 0; n--) await fetchOne();
      reveal(random.between(Math.ceil(hidden.length / 2), hidden.length));
      if (random.chance(0.15)) await household.restart();
      if (random.chance(0.1)) await breakConnections();
      if (random.chance(0.3)) balk();
      if (random.chance(0.5)) await echo();
      // Now and then BingeAlert itself does not run: nothing is due but what was, and nobody hears a webhook.
      const weSleep = random.chance(0.1);
      if (weSleep) {
        for (const { webhooks } of [...stack.sonarrs, ...stack.radarrs])
          webhooks.lose(Number.POSITIVE_INFINITY);
        await fetchOne();
        for (const { webhooks } of [...stack.sonarrs, ...stack.radarrs]) webhooks.lose(0);
      }
      await household.advance({ hours: 6 });
      if (!weSleep) await tick();
      await down?.up();
      await household.advance({ hours: 6 });
      await tick();
      const told = await toldByMail(stage, stack.mailbox.messages);
      expect(new Set(told).size).toBe(told.length);
      expect(told.filter((entry) => !shown.has(entry.split(" ")[1] ?? ""))).toEqual([]);
    }

    reveal(hidden.length);
    await household.run("reconcile");
    await household.advance({ hours: 26 });
    await tick();
    await household.run("reconcile");
    await household.advance({ hours: 2 });
    const told = await toldByMail(stage, stack.mailbox.messages);
    const refused = await refusedForGood(stage);
    expect(refused.filter(({ reason }) => !reason?.includes("Not today"))).toEqual([]);
    const accounted = [...told, ...refused.map(({ news }) => news)];
    expect(new Set(accounted).size).toBe(accounted.length);
    expect(accounted.sort()).toEqual([...due].sort());
    expect(due.size).toBeGreaterThan(5);
    const summaries = stack.mailbox
      .to("admin@example.net")
      .filter((mail) => mail.subject.startsWith("Your week"));
    expect(summaries).toHaveLength(sundays(startedAt, household.now));
  },
  Math.max(300_000, days * 60_000),
);
