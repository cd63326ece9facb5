import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createPlexTvClient } from "@/lib/clients/plex-tv";
import { plexSignInUrl } from "@/lib/domain/plex-sign-in";
import { FakePlexTv } from "@/test/support/upstreams/plex-tv";
import { fakeService } from "./fake-service";

const plexTv = new FakePlexTv();
const clientId = "the-client";
const client = (timeoutMs = 5_000) => createPlexTvClient({ url: plexTv.url, clientId, timeoutMs });

beforeAll(() => plexTv.start());
afterAll(() => plexTv.stop());
beforeEach(() => plexTv.recover());

describe("a PIN", () => {
  test("is asked for, granted on the page of Plex, and read", async () => {
    const pin = await client().createPin();
    expect(pin.lifetimeMs).toBe(1_800_000);
    expect(await client().readPin(pin.pinId)).toEqual({ kind: "waiting" });
    const url = plexSignInUrl(clientId, pin.code);
    expect(url).toMatch(/^https:\/\/app\.plex\.tv\/auth#\?clientID=the-client&code=/);
    plexTv.grant(url);
    expect(await client().readPin(pin.pinId)).toEqual({
      kind: "granted",
      token: plexTv.accountToken,
    });
    expect(plexTv.unexpected).toEqual([]);
  });

  test("of somebody else's installation is not there", async () => {
    const { pinId } = await client().createPin();
    const other = createPlexTvClient({ url: plexTv.url, clientId: "another" });
    expect(await other.readPin(pinId)).toEqual({ kind: "gone" });
  });

  test("is gone when it expired: by a 404, or by an answer without time and token", async () => {
    const { pinId } = await client().createPin();
    plexTv.expire();
    expect(await client().readPin(pinId)).toEqual({ kind: "gone" });
    const late = await fakeService({
      "/api/v2/pins/7": { json: { id: 7, code: "abc", expiresIn: 0, authToken: null } },
    });
    const asked = createPlexTvClient({ url: late.url, clientId });
    expect(await asked.readPin(7)).toEqual({ kind: "gone" });
  });
});

describe("the servers of an account", () => {
  test("are read without players, relays and what else is there", async () => {
    plexTv.servers = [
      {
        name: "Attic",
        machineIdentifier: "m1",
        accessToken: "t1",
        connections: [
          {
            uri: "https://10-0-0-2.abc.plex.direct:32400",
            address: "10.0.0.2",
            port: 32400,
            local: true,
          },
          {
            uri: "https://198-51-100-7.abc.plex.direct:8443",
            address: "198.51.100.7",
            port: 8443,
            local: false,
            relay: true,
          },
        ],
      },
      {
        name: "Barn",
        machineIdentifier: "m2",
        accessToken: null,
        owned: false,
        sharedBy: "Jonas",
        online: false,
        httpsRequired: true,
        connections: [],
      },
    ];
    expect(await client().listServers(plexTv.accountToken)).toEqual([
      {
        machineIdentifier: "m1",
        name: "Attic",
        isOwned: true,
        sharedBy: null,
        isOnline: true,
        wantsHttps: false,
        token: "t1",
        connections: [
          {
            uri: "https://10-0-0-2.abc.plex.direct:32400",
            address: "10.0.0.2",
            port: 32400,
            isLocal: true,
            isRelay: false,
          },
        ],
      },
      {
        machineIdentifier: "m2",
        name: "Barn",
        isOwned: false,
        sharedBy: "Jonas",
        isOnline: false,
        wantsHttps: true,
        token: null,
        connections: [],
      },
    ]);
  });

  test("are refused to a token that is not good, which is not an empty list", async () => {
    await expect(client().listServers("an old token")).rejects.toMatchObject({ kind: "auth" });
  });
});

describe("plex.tv in trouble", () => {
  const calls = {
    createPin: (timeoutMs: number) => client(timeoutMs).createPin(),
    readPin: (timeoutMs: number) => client(timeoutMs).readPin(3_000_000_000),
    listServers: (timeoutMs: number) => client(timeoutMs).listServers(plexTv.accountToken),
  };
  test.each(Object.entries(calls))(
    "%s fails with its kind, never with an answer",
    async (_, call) => {
      for (const [fault, failure] of [
        [
          { kind: "status", status: 500 },
          { kind: "status", retryable: true },
        ],
        [
          { kind: "status", status: 429 },
          { kind: "status", retryable: true },
        ],
        [{ kind: "html" }, { kind: "parse" }],
        [{ kind: "garbage" }, { kind: "parse" }],
        [{ kind: "timeout" }, { kind: "timeout" }],
        [{ kind: "reset" }, { kind: "refused" }],
        [{ kind: "status", status: 200, body: { error: "no" } }, { kind: "parse" }],
        // A proxy's page is no word of plex.tv about a PIN.
        [{ kind: "html", status: 404 }, { kind: "status" }],
      ] as const) {
        plexTv.recover();
        plexTv.fail(fault);
        const patience = fault.kind === "timeout" ? 200 : 5_000;
        await expect(call(patience), JSON.stringify(fault)).rejects.toMatchObject({
          service: "plex.tv",
          ...failure,
        });
      }
    },
  );

  test("it is not there", async () => {
    await plexTv.down();
    await expect(client().createPin()).rejects.toMatchObject({ kind: "refused" });
    await plexTv.up();
  });
});
