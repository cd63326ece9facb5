import { describe, expect, test } from "vitest";
import {
  addressesOf,
  orderServers,
  type PlexServer,
  proposeAddress,
  proposeServer,
  type TriedPlexAddress,
  tokenFor,
} from "@/lib/domain/plex-servers";

type Way = PlexServer["connections"][number];

const way = (uri: string, over: Partial<Way> = {}): Way => {
  const { hostname, port } = new URL(uri);
  const base = { uri, address: hostname, port: Number(port) || 443 };
  return { ...base, isLocal: false, isRelay: false, ...over };
};
const lan = (address: string, direct: string): Way =>
  way(`https://${direct}.0a1b2c.plex.direct:32400`, { address, isLocal: true });

const server = (over: Partial<PlexServer> = {}): PlexServer => ({
  machineIdentifier: "m1",
  name: "Attic",
  isOwned: true,
  sharedBy: null,
  isOnline: true,
  wantsHttps: false,
  token: "t1",
  connections: [],
  ...over,
});
const urls = (connections: Way[], over: Partial<PlexServer> = {}) =>
  addressesOf(server({ connections, ...over })).map(({ url }) => url);

describe("the addresses of a Plex server", () => {
  test("plain http inside the network comes first, then https inside, then https from outside", () => {
    const found = addressesOf(
      server({
        connections: [
          way("https://203-0-113-5.0a1b2c.plex.direct:32400", { address: "203.0.113.5" }),
          lan("192.168.1.20", "192-168-1-20"),
          way("https://plex.example.net:443"),
        ],
      }),
    );
    expect(found).toEqual([
      { url: "http://192.168.1.20:32400", route: "local_http" },
      { url: "https://192-168-1-20.0a1b2c.plex.direct:32400", route: "local_https" },
      { url: "https://203-0-113-5.0a1b2c.plex.direct:32400", route: "remote_https" },
      { url: "https://plex.example.net", route: "remote_https" },
    ]);
  });

  test("the relay is never among them", () => {
    const relay = way("https://198-51-100-7.0a1b2c.plex.direct:8443", { isRelay: true });
    expect(urls([relay, lan("10.0.0.2", "10-0-0-2")]).join()).not.toContain("8443");
  });

  test.each([
    ["203.0.113.5", []],
    ["169.254.169.254", []],
    ["100.64.3.4", []],
    ["172.15.0.1", []],
    ["172.16.0.1", ["http://172.16.0.1:32400"]],
    ["172.31.9.9", ["http://172.31.9.9:32400"]],
    ["10.1.2.3", ["http://10.1.2.3:32400"]],
    ["192.168.0.9", ["http://192.168.0.9:32400"]],
    ["2001:db8::5", []],
    ["fe80::1", []],
    ["fd12:3456::5", ["http://[fd12:3456::5]:32400"]],
    ["plex", ["http://plex:32400"]],
    ["nas.lan", ["http://nas.lan:32400"]],
    ["plex.example.net", []],
  ])("plain http to %s: %j", (address, expected) => {
    const found = urls([lan(address, "x")]);
    expect(found.filter((url) => url.startsWith("http:"))).toEqual(expected);
  });

  test("a server that refuses plain http is offered none", () => {
    const connections = [lan("192.168.1.20", "192-168-1-20"), way("http://192.168.1.20:32400")];
    expect(urls(connections, { wantsHttps: true })).toEqual([
      "https://192-168-1-20.0a1b2c.plex.direct:32400",
    ]);
  });

  test("what is said twice stands once, and what is no address is left out", () => {
    const odd = ["no address", "ftp://nas.lan/", "https://me:secret@nas.lan:32400", "http://"];
    const connections = [
      ...odd.map((uri) => ({ ...way("https://x"), uri, address: null })),
      way("http://10.0.0.2:32400/"),
      lan("10.0.0.2", "10-0-0-2"),
    ];
    expect(urls(connections)).toEqual([
      "http://10.0.0.2:32400",
      "https://10-0-0-2.0a1b2c.plex.direct:32400",
    ]);
  });

  test("an owner's own address keeps its path", () => {
    expect(urls([way("https://home.example.net/plex/")])).toEqual([
      "https://home.example.net/plex",
    ]);
  });

  test("more than anybody has are not all tried", () => {
    const many = Array.from({ length: 40 }, (_, at) => lan(`10.0.0.${at}`, `10-0-0-${at}`));
    expect(urls(many)).toHaveLength(12);
  });
});

describe("what is proposed", () => {
  const tried = (url: string, answer: TriedPlexAddress["answer"]): TriedPlexAddress => ({
    url,
    route: "local_http",
    answer,
  });

  test("is the first address that answers as this server", () => {
    expect(
      proposeAddress([
        tried("a", { kind: "failed", failure: "refused" }),
        tried("b", { kind: "another_server" }),
        tried("c", { kind: "answers", tookMs: 900 }),
        tried("d", { kind: "answers", tookMs: 1 }),
      ]),
    ).toBe("c");
    expect(proposeAddress([tried("b", { kind: "another_server" })])).toBeNull();
  });

  test("one's own servers come first, those that are off after those that are on", () => {
    const servers = orderServers([
      server({ name: "Shared", isOwned: false }),
      server({ name: "Old", isOnline: false }),
      server({ name: "Barn" }),
      server({ name: "Attic" }),
    ]);
    expect(servers.map(({ name }) => name)).toEqual(["Attic", "Barn", "Old", "Shared"]);
    expect(proposeServer(servers)?.name).toBe("Attic");
  });

  test("somebody else's server is not looked at before it is chosen, unless there is no other", () => {
    const one = server({ name: "One", isOwned: false });
    const two = server({ name: "Two", isOwned: false });
    expect(proposeServer([one, two])).toBeNull();
    expect(proposeServer([one])).toBe(one);
    expect(proposeServer([])).toBeNull();
  });
});

test("the token of the account goes to one's own servers only", () => {
  expect(tokenFor(server({ token: "its own" }), "account")).toBe("its own");
  expect(tokenFor(server({ token: null }), "account")).toBe("account");
  expect(tokenFor(server({ token: null, isOwned: false }), "account")).toBeNull();
});
