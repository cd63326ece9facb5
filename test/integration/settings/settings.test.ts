import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeConfigEnv } from "@/lib/config-file";
import type { ServiceContext } from "@/lib/services/context";
import { loadConfig } from "@/lib/services/load-config";
import { removeInstance, saveInstance } from "@/lib/services/settings/change-instance";
import { changeSettings } from "@/lib/services/settings/change-settings";
import { listSettingTexts } from "@/lib/store/settings";
import { Household } from "@/test/support/household";
import { type MediaStack, startMediaStack } from "@/test/support/upstreams/media-stack";

let stack: MediaStack;
let household: Household;
let ctx: ServiceContext;
const configDir = mkdtempSync(path.join(os.tmpdir(), "bingealert-settings-"));
const env: Record<string, string> = { SMTP_PORT: "2525", PLEX_TOKEN_FILE: "" };
const envFile = () => readFileSync(path.join(configDir, ".env"), "utf8");

beforeAll(async () => {
  stack = await startMediaStack();
  household = await Household.open(stack, { firstSync: false });
  writeFileSync(
    path.join(configDir, ".env"),
    "# made by hand\nAPP_SECRET_KEY=abc\n\n# the mail server\nSMTP_HOST=mail.example.net\n",
  );
  const { db } = household.ctx.database;
  ctx = { ...household.ctx, loadConfig: () => loadConfig(db, { env, configDir }) };
});

afterAll(async () => {
  await household.close();
  await stack.stop();
  rmSync(configDir, { recursive: true, force: true });
});

describe("settings", () => {
  test("connections and secrets go to the file, its comments stay, everything else to the database", async () => {
    const url = "https://home.example.net:8443/seerr/base?x=1";
    const result = await changeSettings(
      ctx,
      {
        JELLYSEERR_URL: url,
        JELLYSEERR_API_KEY: 'it\'s a "key" $HOME',
        NOTIFICATION_INITIAL_DELAY_SECONDS: " 60 ",
      },
      env,
    );
    expect(result.kind).toBe("kept");
    expect(envFile()).toContain("# made by hand\nAPP_SECRET_KEY=abc\n\n# the mail server\n");
    expect(statSync(path.join(configDir, ".env")).mode & 0o777).toBe(0o600);
    const { settings } = await ctx.loadConfig();
    expect(settings.JELLYSEERR_URL).toBe(url);
    expect(settings.JELLYSEERR_API_KEY).toBe('it\'s a "key" $HOME');
    expect(settings.NOTIFICATION_INITIAL_DELAY_SECONDS).toBe(60);
    expect(envFile()).not.toContain("NOTIFICATION_INITIAL_DELAY_SECONDS");
    expect(await listSettingTexts(ctx.database.db)).toMatchObject({
      NOTIFICATION_INITIAL_DELAY_SECONDS: "60",
    });
  });

  test("saving what a form shows in place of a secret keeps the secret", async () => {
    const { settings } = await ctx.loadConfig();
    await changeSettings(ctx, { JELLYSEERR_API_KEY: "••••••••abcd" }, env);
    expect((await ctx.loadConfig()).settings.JELLYSEERR_API_KEY).toBe(settings.JELLYSEERR_API_KEY);
  });

  test("a network that is none is refused, so that a typing mistake shuts nobody out", async () => {
    expect(
      await changeSettings(ctx, { WEBHOOK_ALLOWED_IPS: "10.0.0.0/8, 192.168.1.300" }, env),
    ).toMatchObject({ kind: "refused", problems: [{ name: "WEBHOOK_ALLOWED_IPS" }] });
    const fine = "10.0.0.0/8 ::1,fd00::/8";
    expect(await changeSettings(ctx, { WEBHOOK_ALLOWED_IPS: fine }, env)).toMatchObject({
      kind: "kept",
    });
    await changeSettings(ctx, { WEBHOOK_ALLOWED_IPS: "" }, env);
  });

  test("a mail address that is none, or a server with more than its name, is refused in words", async () => {
    const refusal = async (changes: Parameters<typeof changeSettings>[1]) => {
      const result = await changeSettings(ctx, changes, env);
      return result.kind === "refused" ? result.problems.map(({ words }) => words) : [];
    };
    const from = "From is a mail address, or a name with one in angle brackets";
    expect(await refusal({ SMTP_FROM: "The Attic Cinema" })).toEqual([from]);
    expect(await refusal({ ADMIN_EMAIL: "admin at home" })).toEqual([
      from.replace("From", "Admin address"),
    ]);
    const server = "Server is the name alone, without https:// and without the port";
    for (const host of [
      "https://mail.example.net",
      "mail.example.net:587",
      "me@mail.example.net",
    ]) {
      expect(await refusal({ SMTP_HOST: host, SMTP_PASSWORD: "p" }), host).toEqual([server]);
    }
    const before = (await ctx.loadConfig()).settings.SMTP_FROM;
    expect(await refusal({ SMTP_FROM: "The Attic <cinema@example.net>" })).toEqual([]);
    await changeSettings(ctx, { SMTP_FROM: before }, env);
  });

  test("a name in the file that nothing reads is reported", async () => {
    writeConfigEnv(configDir, { SMPT_HOST: "mail.example.net" });
    const { problems } = await ctx.loadConfig();
    writeConfigEnv(configDir, { SMPT_HOST: null });
    expect(problems.map(({ words }) => words)).toContain(
      "SMPT_HOST in the .env of the config folder is no setting; .env.example has all of them",
    );
    expect((await ctx.loadConfig()).problems).toEqual([]);
  });

  test("one that does not fit refuses all, in words", async () => {
    const result = await changeSettings(
      ctx,
      { NOTIFICATION_MAX_WAIT_SECONDS: "999999", PLEX_URL: "plex:32400", MAIL_SERVER_NAME: "Ours" },
      env,
    );
    expect(result).toEqual({
      kind: "refused",
      problems: [
        {
          name: "NOTIFICATION_MAX_WAIT_SECONDS",
          words: "Longest wait is a whole number from 0 to 3600 seconds",
        },
        {
          name: "PLEX_URL",
          words: "Plex address is an address that begins with http:// or https://",
        },
      ],
    });
    expect((await ctx.loadConfig()).settings.MAIL_SERVER_NAME).toBe("BingeAlert");
  });

  test("one the environment gives stays as it is", async () => {
    const result = await changeSettings(ctx, { SMTP_PORT: "25" }, env);
    expect(result).toMatchObject({ kind: "refused", problems: [{ name: "SMTP_PORT" }] });
    expect((await ctx.loadConfig()).settings.SMTP_PORT).toBe(2525);
  });

  test("a line in the file counts before the database, so it is changed there", async () => {
    writeFileSync(path.join(configDir, ".env"), `${envFile()}MAIL_SERVER_NAME=File\n`);
    await changeSettings(ctx, { MAIL_SERVER_NAME: "Changed" }, env);
    expect((await ctx.loadConfig()).settings.MAIL_SERVER_NAME).toBe("Changed");
    expect(envFile()).toContain("MAIL_SERVER_NAME=Changed");
  });

  test("an empty text takes a setting away", async () => {
    await changeSettings(
      ctx,
      { JELLYSEERR_API_KEY: "", NOTIFICATION_INITIAL_DELAY_SECONDS: "" },
      env,
    );
    const { settings } = await ctx.loadConfig();
    expect(settings.JELLYSEERR_API_KEY).toBe("");
    expect(settings.NOTIFICATION_INITIAL_DELAY_SECONDS).toBe(420);
    expect(envFile()).not.toContain("JELLYSEERR_API_KEY");
  });

  test("a value of two lines is refused and the file stays whole", async () => {
    const before = envFile();
    const result = await changeSettings(ctx, { PLEX_TOKEN: "a\nADMIN_PASSWORD=b" }, env);
    expect(result.kind).toBe("refused");
    expect(envFile()).toBe(before);
  });
});

describe("a saved secret stays with its address", () => {
  test("alerts go elsewhere only without the secret of before", async () => {
    const hook = { ALERT_WEBHOOK_URL: "http://home:8123/a", ALERT_WEBHOOK_SECRET: "of home" };
    await changeSettings(ctx, hook, env);
    const elsewhere = { ALERT_WEBHOOK_URL: "http://elsewhere:8123/a" };
    const refused = await changeSettings(ctx, elsewhere, env);
    expect(refused).toMatchObject({ problems: [{ name: "ALERT_WEBHOOK_SECRET" }] });
    const typed = { ...elsewhere, ALERT_WEBHOOK_SECRET: "of elsewhere" };
    expect((await changeSettings(ctx, typed, env)).kind).toBe("kept");
  });

  test("a changed address wants its secret typed, another path of it does not", async () => {
    const keep = (changes: Parameters<typeof changeSettings>[1]) =>
      changeSettings(ctx, changes, env);
    await keep({ PLEX_URL: "http://plex:32400", PLEX_TOKEN: "the token" });
    expect(await keep({ PLEX_URL: "http://elsewhere:32400" })).toEqual({
      kind: "refused",
      problems: [
        {
          name: "PLEX_TOKEN",
          words: "Plex token: enter it as well, the saved one stays with its address",
        },
      ],
    });
    expect((await ctx.loadConfig()).settings.PLEX_URL).toBe("http://plex:32400");
    expect((await keep({ PLEX_URL: "http://plex:32400/base" })).kind).toBe("kept");
    const both = { PLEX_URL: "https://plex.example.net", PLEX_TOKEN: "another" };
    expect((await keep(both)).kind).toBe("kept");
  });

  test("one of the environment is not sent elsewhere either", async () => {
    await changeSettings(ctx, { PLEX_URL: "http://plex:32400", PLEX_TOKEN: "the token" }, env);
    const given = { ...env, PLEX_TOKEN: "of the environment" };
    const moved = await changeSettings(ctx, { PLEX_URL: "http://elsewhere:32400" }, given);
    expect(moved).toMatchObject({
      kind: "refused",
      problems: [{ name: "PLEX_URL", words: expect.stringMatching(/stays with its address/) }],
    });
    const path = { PLEX_URL: "http://plex:32400/base" };
    expect((await changeSettings(ctx, path, given)).kind).toBe("kept");
  });

  test("so does that of a Sonarr", async () => {
    const fields = { kind: "sonarr" as const, name: "Anime", isFourK: false };
    const url = "http://anime:8989";
    const key = await saveInstance(ctx, { ...fields, key: null, url, apiKey: "its key" }, env);
    const moved = { ...fields, key, url: "http://elsewhere:8989", apiKey: null };
    await expect(saveInstance(ctx, moved, env)).rejects.toThrow("Enter the API key as well");
    await removeInstance(ctx, key, env);
  });
});

describe("Sonarr and Radarr", () => {
  const sonarr = { kind: "sonarr" as const, url: "http://sonarr:8989/tv", isFourK: false };

  test("the first one gets the plain name, further ones after theirs, and none is overwritten", async () => {
    const add = (name: string, port = 8989) =>
      saveInstance(
        ctx,
        {
          ...sonarr,
          key: null,
          name,
          url: `http://sonarr:${port}/tv`,
          apiKey: `key of ${name}`,
        },
        env,
      );
    expect(await add("Sonarr")).toBe("sonarr");
    expect(await add("Sonarr Anime", 8990)).toBe("sonarr-anime");
    expect(await add("Anime", 8991)).toBe("sonarr-anime-3");
    expect(await add("日本", 8992)).toBe("sonarr-2");
    const { instances } = await ctx.loadConfig();
    expect(instances.map(({ key, name, apiKey }) => [key, name, apiKey])).toEqual([
      ["sonarr", "Sonarr", "key of Sonarr"],
      ["sonarr-2", "日本", "key of 日本"],
      ["sonarr-anime", "Sonarr Anime", "key of Sonarr Anime"],
      ["sonarr-anime-3", "Anime", "key of Anime"],
    ]);
  });

  test("the same address or the same name a second time is refused", async () => {
    const again = { ...sonarr, key: null, apiKey: "a key" };
    await expect(
      saveInstance(ctx, { ...again, name: "Another", url: "http://SONARR:8989/tv/" }, env),
    ).rejects.toThrow("Sonarr is connected at this address already");
    await expect(
      saveInstance(ctx, { ...again, name: "sonarr", url: "http://sonarr:9000" }, env),
    ).rejects.toThrow("There is Sonarr already: give this one another name");
  });

  test("a changed one keeps its key when none is typed", async () => {
    const url = "http://sonarr:8990/tv";
    await saveInstance(
      ctx,
      { ...sonarr, key: "sonarr-anime", name: "Anime 4K", url, apiKey: null, isFourK: true },
      env,
    );
    const { instances } = await ctx.loadConfig();
    expect(instances.find((one) => one.key === "sonarr-anime")).toMatchObject({
      name: "Anime 4K",
      isFourK: true,
      apiKey: "key of Sonarr Anime",
      url,
    });
  });

  test("one is removed with all its lines, and only once", async () => {
    await removeInstance(ctx, "sonarr-2", env);
    expect(envFile()).not.toContain("SONARR_2_");
    await expect(removeInstance(ctx, "sonarr-2", env)).rejects.toThrow("gone already");
  });

  test("one the environment gives is not touched", async () => {
    const given = { ...env, RADARR_URL: "http://radarr:7878", RADARR_API_KEY: "k" };
    const withRadarr = {
      ...ctx,
      loadConfig: () => loadConfig(ctx.database.db, { env: given, configDir }),
    };
    const change = { key: "radarr", kind: "radarr" as const, name: "Radarr", apiKey: null };
    await expect(
      saveInstance(withRadarr, { ...change, url: "http://other", isFourK: false }, given),
    ).rejects.toThrow("set by the environment");
  });

  test("what cannot be an address, or has no key, is refused", async () => {
    const fields = { key: null, kind: "radarr" as const, name: "Radarr", isFourK: false };
    await expect(
      saveInstance(ctx, { ...fields, url: "radarr:7878", apiKey: "k" }, env),
    ).rejects.toThrow("http://");
    await expect(
      saveInstance(ctx, { ...fields, url: "http://radarr:7878", apiKey: null }, env),
    ).rejects.toThrow("API key is missing");
  });
});
