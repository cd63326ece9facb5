import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sendSampleMail } from "@/lib/services/mails/send-sample-mail";
import { changeMailLogo } from "@/lib/services/settings/change-mail-logo";
import { listPastMails } from "@/lib/store/views/past-mails";
import { closeStage, openStage, type Stage, withoutDelay } from "../scenarios/stage";

/** As much of a PNG of 104 by 104 as is looked at. */
const icon = Buffer.alloc(200, 7);
Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(icon);
icon.writeUInt32BE(104, 16);
icon.writeUInt32BE(104, 20);

const look = {
  MAIL_SERVER_NAME: "Cinema <b>& Sons</b>",
  MAIL_ACCENT_COLOR: "#2456c8",
  MAIL_LOGO_URL: "",
  MAIL_LANGUAGE: "en" as const,
};
const movieSample = { kind: "movie_available" as const, notificationId: null };

describe("the appearance of mails", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({
      household: { env: { ...withoutDelay, PUBLIC_BASE_URL: "https://cinema.example.net" } },
    });
  });
  afterAll(() => closeStage(stage));

  test("what is no square PNG or JPEG does not become the logo", async () => {
    const { ctx } = stage.household;
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    await expect(changeMailLogo(ctx, svg, {})).rejects.toThrow(/neither a PNG nor a JPEG/);
    expect((await ctx.loadConfig()).settings.MAIL_LOGO).toBe("");
  });

  test("the logo goes along with the next mail, byte by byte, and stays where the environment gives it", async () => {
    const { stack, household } = stage;
    await changeMailLogo(household.ctx, icon, {});
    await sendSampleMail(household.ctx, { to: "admin@example.net", choice: movieSample, look });
    await household.settle();
    const [mail] = stack.mailbox.to("admin@example.net");
    const [picture, ...others] = mail?.parsed.attachments ?? [];
    expect(others).toEqual([]);
    expect(picture?.contentType).toBe("image/png");
    expect(picture?.content.equals(icon)).toBe(true);
    expect(mail?.raw).toContain(`src=3D"cid:${picture?.cid}"`);
    await expect(changeMailLogo(household.ctx, null, { MAIL_LOGO: "elsewhere" })).rejects.toThrow(
      /set by the environment/,
    );
  });

  test("a sample looks as typed, says what it is, and tells nobody anything", async () => {
    const { stack, household } = stage;
    await changeMailLogo(household.ctx, null, {});
    const id = await sendSampleMail(household.ctx, {
      to: "marta@example.net",
      choice: movieSample,
      look,
    });
    await household.settle();
    const [mail] = stack.mailbox.to("marta@example.net");
    expect(mail?.subject).toBe("Sample: Last Ferry North is ready");
    expect(mail?.text).toContain("This is a sample. Nothing of it has happened.");
    expect(mail?.html).toContain("Cinema &lt;b&gt;&amp; Sons&lt;/b&gt;");
    expect(mail?.html).toContain('bgcolor="#2456c8"');
    expect(mail?.html).toContain(
      'src="https://cinema.example.net/posters/w342/invented-last-ferry-north.png"',
    );
    expect(mail?.parsed.attachments).toEqual([]);
    expect(mail?.headers.has("list-unsubscribe")).toBe(false);
    expect((await household.ctx.loadConfig()).settings.MAIL_ACCENT_COLOR).toBe("#faac58");
    const { raw } = household.ctx.database;
    expect(await raw`select status, kind, user_id from notifications where id = ${id}`).toEqual([
      { status: "sent", kind: "sample", user_id: null },
    ]);
    expect(await raw`select count(*)::int as rows from delivery_ledger where how = 'told'`).toEqual(
      [{ rows: 0 }],
    );
  });

  test("one made from a real mail holds no link of the person it was for", async () => {
    const { stack, household } = stage;
    const anna = stack.seerr.addUser({ displayName: "Anna", email: "anna@example.net" });
    const movie = stack.world.addMovie({ title: "The Long Pier", year: 2024 });
    await stack.seerr.request({ user: anna, title: movie, autoApprove: true });
    await household.settle();
    stack.plex.show(await stack.radarr.import(movie));
    await household.advance({ minutes: 8 });
    const [real] = stack.mailbox.to("anna@example.net");
    const [past] = await listPastMails(household.ctx.database.db, ["movie_available"]);
    expect(real?.html).toMatch(/cinema\.example\.net\/u\//);
    await sendSampleMail(household.ctx, {
      to: "admin2@example.net",
      choice: { kind: "movie_available", notificationId: past?.id ?? 0 },
      look,
    });
    await household.settle();
    const [mail] = stack.mailbox.to("admin2@example.net");
    expect(mail?.subject).toBe(`Sample: ${real?.subject}`);
    expect(mail?.raw).not.toMatch(/cinema\.example\.net\/(?:u|calendar)\//);
    expect(mail?.html).toContain("https://cinema.example.net/settings/appearance");
    // A mail of another kind cannot be passed off as this one.
    await expect(
      sendSampleMail(household.ctx, {
        to: "admin2@example.net",
        choice: { kind: "coming_soon", notificationId: past?.id ?? 0 },
        look,
      }),
    ).rejects.toThrow(/no such mail/);
  });
});
