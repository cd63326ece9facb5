import { describe, expect, test } from "vitest";
import {
  beginStamping,
  decideClient,
  formatStamp,
  parseAddress,
  parseNetworks,
  readClientAddress,
  setTrustedProxies,
  stampState,
} from "@/lib/runtime/peer-address";

describe("parseAddress", () => {
  test.each([
    ["192.0.2.1", "192.0.2.1"],
    [" 192.0.2.1 ", "192.0.2.1"],
    ["192.0.2.1:4711", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:192.0.2.1", "192.0.2.1"],
    ["0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:0201", "192.0.2.1"],
    ["2001:DB8::1", "2001:db8::1"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ['"[2001:db8::1]:4711"', "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
  ])("%s is %s", (text, address) => {
    expect(parseAddress(text)).toBe(address);
  });

  test.each([
    "",
    "unknown",
    "_hidden",
    "192.0.2",
    "192.0.2.256",
    "1.2.3.4.5",
    "::ffff:1.2.3.999",
    "<script>",
    "1.2.3.4 5.6.7.8",
  ])("%j is no address", (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe("parseNetworks", () => {
  const networks = parseNetworks("10.0.0.0/8, 192.0.2.7\n2001:db8::/32;::ffff:198.51.100.0/24");

  test.each([
    ["10.1.2.3", true],
    ["::ffff:10.1.2.3", true],
    ["11.0.0.1", false],
    ["192.0.2.7", true],
    ["192.0.2.8", false],
    ["2001:db8:1::1", true],
    ["2001:db9::1", false],
    ["198.51.100.9", true],
    ["nonsense", false],
  ])("contains %s: %s", (address, contained) => {
    expect(networks.contains(address)).toBe(contained);
  });

  test("names the entries that are neither address nor network", () => {
    expect(
      parseNetworks("10.0.0.0/33 fe80::/129 example.org 1.2.3.4/ 1.2.3.4/8/8 10.0.0.1").wrong,
    ).toEqual(["10.0.0.0/33", "fe80::/129", "example.org", "1.2.3.4/", "1.2.3.4/8/8"]);
  });
});

describe("decideClient", () => {
  const trusted = parseNetworks("10.0.0.0/8 127.0.0.1");
  const decide = (peer: string, forwardedFor?: string, forwarded = forwardedFor !== undefined) =>
    decideClient({ peer, forwardedFor, forwarded, trusted });

  test.each([
    ["no header, no proxy", "192.0.2.1", undefined, "192.0.2.1", "direct"],
    ["a stranger's header does not count", "192.0.2.1", "10.0.0.9", "192.0.2.1", "unclear"],
    ["a listed proxy names the client", "10.0.0.2", "192.0.2.9", "192.0.2.9", "proxy"],
    ["a mapped peer is the same proxy", "::ffff:10.0.0.2", "192.0.2.9", "192.0.2.9", "proxy"],
    [
      "what the client wrote itself is to the left",
      "10.0.0.2",
      "10.9.9.9, 192.0.2.9",
      "192.0.2.9",
      "proxy",
    ],
    [
      "listed proxies in the chain are passed over",
      "10.0.0.2",
      "192.0.2.9, 10.0.0.3, 127.0.0.1",
      "192.0.2.9",
      "proxy",
    ],
    [
      "a chain of proxies only: the leftmost",
      "10.0.0.2",
      "10.0.0.4, 10.0.0.3",
      "10.0.0.4",
      "proxy",
    ],
    ["ports and brackets", "10.0.0.2", "[2001:db8::5]:99", "2001:db8::5", "proxy"],
    ["nonsense is not passed over", "10.0.0.2", "192.0.2.9, unknown", "10.0.0.2", "unclear"],
    ["nonsense left of a proxy", "10.0.0.2", "unknown, 10.0.0.3", "10.0.0.3", "unclear"],
    ["nonsense left of the client is not read", "10.0.0.2", "<b>, 192.0.2.9", "192.0.2.9", "proxy"],
    ["a listed proxy that names nobody", "10.0.0.2", undefined, "10.0.0.2", "unclear"],
    ["empty entries", "10.0.0.2", " , ,", "10.0.0.2", "unclear"],
  ] as const)("%s", (_name, peer, forwardedFor, client, route) => {
    expect(decide(peer, forwardedFor)).toMatchObject({ client, route });
  });

  test("another forwarding header from a stranger makes it unclear too", () => {
    expect(decide("192.0.2.1", undefined, true).route).toBe("unclear");
  });
});

describe("the stamp", () => {
  test("is read back, and a request without it is nobody's", () => {
    beginStamping("x-peer-abc", "10.0.0.0/8");
    const address = { peer: "10.0.0.2", client: "2001:db8::1", route: "proxy" } as const;
    expect(readClientAddress(new Headers({ "x-peer-abc": formatStamp(address) }))).toEqual(address);
    expect(readClientAddress(new Headers({ "x-peer-abd": formatStamp(address) }))).toBeNull();
    expect(readClientAddress(new Headers({ "x-peer-abc": "nonsense" }))).toBeNull();
  });

  test("a changed setting counts at once", () => {
    beginStamping("x-peer-abc", "");
    setTrustedProxies("192.0.2.0/24");
    expect(stampState()?.trusted.contains("192.0.2.4")).toBe(true);
  });
});
