import {
  batches,
  batchItems,
  deliveryAttempts,
  deliveryLedger,
  inboundEvents,
  instances,
  mediaItems,
  notificationBodies,
  notificationItems,
  notifications,
  requestSeasons,
  requests,
  requestWatchers,
  timelineEntries,
  users,
} from "@/drizzle/schema";
import type { Database } from "@/lib/store/db";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute, 0, 123));

/** A small household in rows: three people, a show half told, a movie, mails in several states, two events. */
export async function insertHousehold(db: Database) {
  await db.insert(instances).values({ key: "sonarr", kind: "sonarr", name: "Sonarr" });
  const people = await db
    .insert(users)
    .values([
      { seerrUserId: 1, displayName: "Anna Lindqvist", email: "anna@example.net" },
      { seerrUserId: 2, displayName: "Jonas Berg", email: "jonas@example.net" },
      { seerrUserId: 3, displayName: "anna zett", email: null },
    ])
    .returning();
  const [anna, jonas, zett] = people.map((person) => person.id) as [number, number, number];
  const asked = { origin: "sync" as const, status: "approved" as const, userId: anna };
  const stored = await db
    .insert(requests)
    .values([
      {
        ...asked,
        seerrRequestId: 11,
        mediaType: "tv",
        tvdbId: 500,
        tmdbId: 900,
        title: "Tidewater Road",
        state: "gathering",
        stateUntil: at(20),
        requestedAt: at(0),
        lastNewsAt: at(9),
      },
      {
        ...asked,
        seerrRequestId: 12,
        mediaType: "movie",
        tmdbId: 603,
        title: "Last Ferry North",
        isFourK: true,
        state: "told",
        requestedAt: at(5),
        lastNewsAt: at(6),
      },
      {
        ...asked,
        seerrRequestId: 13,
        mediaType: "movie",
        tmdbId: 604,
        title: "100% Proof_",
        userId: null,
        requesterName: "Nobody Yet",
        state: "looking",
        requestedAt: at(3),
        lastNewsAt: at(6),
      },
    ])
    .returning();
  const [show, movie, other] = stored.map((request) => request.id) as [number, number, number];
  await db.insert(requestSeasons).values({ requestId: show, season: 3 });
  await db.insert(requestWatchers).values([
    { requestId: show, userId: anna, source: "asked" },
    { requestId: movie, userId: anna, source: "asked" },
  ]);
  const episode = (number: number) => ({
    mediaKey: `episode:tvdb:500:s03e0${number}`,
    groupKey: "show:tvdb:500",
    kind: "episode" as const,
    tvdbId: 500,
    title: "Tidewater Road",
    season: 3,
    episode: number,
    episodeTitle: `Part ${number}`,
    instanceKey: "sonarr",
    fileId: number,
    quality: "WEBDL-1080p",
    importedAt: at(number),
  });
  await db.insert(mediaItems).values([episode(1), episode(2)]);
  const mail = (minute: number) => ({
    audience: "user" as const,
    userId: anna,
    kind: "episodes_available",
    requestId: show,
    title: "Tidewater Road",
    dueAt: at(minute),
    createdAt: at(minute),
    updatedAt: at(minute),
  });
  const mails = await db
    .insert(notifications)
    .values([
      {
        ...mail(1),
        subject: "Tidewater Road: episode 1 is ready",
        status: "sent",
        sentAt: at(2),
        toAddress: "anna@example.net",
        attempts: 1,
        smtpReply: "250 ok",
      },
      { ...mail(3), subject: "Tidewater Road: episode 2 is ready", status: "scheduled" },
      { ...mail(4), subject: "Held", status: "held", statusReason: "Far more than usual" },
      {
        ...mail(5),
        subject: "To Jonas",
        status: "failed",
        userId: jonas,
        requestId: movie,
        kind: "movie_available",
      },
    ])
    .returning();
  const [sent, scheduled, held, failed] = mails.map((row) => row.id) as [
    number,
    number,
    number,
    number,
  ];
  await db
    .insert(notificationItems)
    .values({ notificationId: sent, mediaKey: episode(1).mediaKey, requestId: show });
  await db.insert(deliveryAttempts).values({
    notificationId: sent,
    attempt: 1,
    startedAt: at(2),
    finishedAt: at(2),
    outcome: "accepted",
    reply: "250 ok",
  });
  await db.insert(notificationBodies).values({
    notificationId: sent,
    subject: "Tidewater Road",
    html: "<p>ready</p>",
    text: "ready",
    headers: { "Message-ID": "<a@b>" },
    renderedAt: at(2),
  });
  await db.insert(deliveryLedger).values({
    userId: anna,
    kind: "available",
    mediaKey: episode(1).mediaKey,
    how: "told",
    notificationId: sent,
    at: at(2),
  });
  const [batch] = await db
    .insert(batches)
    .values({
      userId: anna,
      groupKey: "show:tvdb:500",
      title: "Tidewater Road",
      status: "open",
      openedAt: at(3),
      dueAt: at(10),
      closesAt: at(23),
      nextLookAt: at(10),
    })
    .returning();
  if (!batch) throw new Error("no batch");
  await db.insert(batchItems).values({
    batchId: batch.id,
    userId: anna,
    mediaKey: episode(2).mediaKey,
    requestId: show,
    addedAt: at(3),
    state: "waiting",
  });
  await db.insert(timelineEntries).values([
    {
      requestId: show,
      at: at(1),
      kind: "fact",
      code: "imported",
      words: "Episode 1 imported",
      source: "Sonarr",
    },
    {
      requestId: show,
      userId: anna,
      at: at(2),
      kind: "told",
      code: "sent",
      words: "Anna was told",
      source: "SMTP",
      notificationId: sent,
    },
    {
      requestId: show,
      userId: jonas,
      at: at(3),
      kind: "not_told",
      code: "inactive",
      words: "Jonas was not told",
      reason: "Deactivated",
      source: "BingeAlert",
    },
  ]);
  const events = await db
    .insert(inboundEvents)
    .values([
      {
        source: "sonarr",
        body: Buffer.from('{"eventType":"Test","apiKey":"hush"}'),
        headers: { "user-agent": "Sonarr/4" },
      },
      {
        source: "seerr",
        body: Buffer.from('{"notification_type":"MEDIA_FLYING"}'),
        outcome: "ignored",
        reason: "Nobody knows it",
        title: "Flying",
      },
    ])
    .returning();
  const [testEvent, seerrEvent] = events.map((event) => event.id) as [number, number];
  return {
    anna,
    jonas,
    zett,
    show,
    movie,
    other,
    sent,
    scheduled,
    held,
    failed,
    testEvent,
    seerrEvent,
  };
}
