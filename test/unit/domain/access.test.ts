import { describe, expect, it } from "vitest";
import {
  addressGroup,
  decideAdmission,
  isHostAllowed,
  isLoginOn,
  localPath,
  passwordProblem,
} from "@/lib/domain/access";

it.each([
  [undefined, false, false],
  ["", false, false],
  // A lost file or setting does not open what was closed.
  [undefined, true, true],
  ["", true, true],
  ["false", true, false],
  ["FALSE", true, false],
  ["true", false, true],
  // What cannot be understood closes.
  ["yes", false, true],
  ["0", false, true],
])("login written as %o, once switched on %o: on %o", (written, wasOn, on) => {
  expect(isLoginOn(written, wasOn)).toBe(on);
});

describe("who is admitted", () => {
  const facts = {
    loginOn: true,
    setupOpen: false,
    onThisMachine: false,
    hasSetupPass: false,
    route: "direct",
    inLocalNetwork: false,
    hasSession: false,
  } as const;
  it.each([
    [{ ...facts, loginOn: false, route: null }, "open"],
    [facts, "sign_in_needed"],
    [{ ...facts, hasSession: true }, "signed_in"],
    [{ ...facts, inLocalNetwork: true }, "local_network"],
    [{ ...facts, inLocalNetwork: true, route: "proxy" as const }, "local_network"],
    // Somebody unlisted speaks of another address: the network does not count, a session does.
    [{ ...facts, inLocalNetwork: true, route: "unclear" as const }, "sign_in_needed"],
    [{ ...facts, hasSession: true, route: "unclear" as const }, "signed_in"],
    // Not stamped: refused whatever it carries.
    [{ ...facts, hasSession: true, inLocalNetwork: true, route: null }, "sign_in_needed"],
    // Until set-up is complete: the machine itself, or the token of the log.
    [{ ...facts, loginOn: false, setupOpen: true }, "token_needed"],
    [{ ...facts, loginOn: false, setupOpen: true, inLocalNetwork: true }, "token_needed"],
    [{ ...facts, loginOn: false, setupOpen: true, onThisMachine: true }, "setting_up"],
    [{ ...facts, loginOn: false, setupOpen: true, hasSetupPass: true }, "setting_up"],
    [
      { ...facts, loginOn: false, setupOpen: true, onThisMachine: true, route: "proxy" as const },
      "token_needed",
    ],
    [
      { ...facts, loginOn: false, setupOpen: true, onThisMachine: true, route: "unclear" as const },
      "token_needed",
    ],
    [
      { ...facts, loginOn: false, setupOpen: true, onThisMachine: true, route: null },
      "token_needed",
    ],
    // A login that is on counts for the wizard as well, whoever holds a pass.
    [{ ...facts, setupOpen: true, onThisMachine: true, hasSetupPass: true }, "sign_in_needed"],
    [{ ...facts, setupOpen: true, hasSession: true }, "signed_in"],
  ])("%o: %s", (given, kind) => {
    expect(decideAdmission(given).kind).toBe(kind);
  });
});

describe("names a browser may use", () => {
  const allowed = {
    publicBaseUrl: "https://binge.example.net/base",
    list: "media.example.org, *.wild.example",
    ownName: "Tower.Fritz.box",
  };
  it.each([
    ...["127.0.0.1:8000", "192.168.1.4", "[::1]:8000", "[fd00::1]", "localhost:8000", "tower"],
    ...[
      "tower.local",
      "tower.lan:8000",
      "tower.home.arpa",
      "bingealert.internal",
      "tower.fritz.box",
    ],
    ...["binge.example.net", "BINGE.example.net.", "media.example.org:443", "a.wild.example"],
  ])("%s may", (host) => expect(isHostAllowed(host, allowed)).toBe(true));
  it.each([
    ...["evil.example", "binge.example.net.evil.example", "wild.example", "evilwild.example"],
    ...[
      "127.0.0.1.evil.example",
      "local.evil.example",
      "evil.example:8000",
      "media.example.org.evil",
    ],
    ...["", " ", "a b", "evil.example\\@tower", "tower@evil.example", "[::1", "[::1].evil.example"],
  ])("%s may not", (host) => expect(isHostAllowed(host, allowed)).toBe(false));
  it("a program that sends none may", () => expect(isHostAllowed(null, allowed)).toBe(true));
});

it.each([
  ["/requests?state=waiting", "/requests?state=waiting"],
  ["/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/a\\b", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\nb", "/"],
  ["/login?next=/", "/"],
  [null, "/"],
])("after the sign-in %o leads to %s", (next, path) => expect(localPath(next)).toBe(path));

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:0000::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("%s counts as %s", (address, group) => expect(addressGroup(address)).toBe(group));

it("a password has 10 characters and no more than bcrypt reads", () => {
  expect(passwordProblem("123456789")).not.toBeNull();
  expect(passwordProblem("1234567890")).toBeNull();
  expect(passwordProblem("ä".repeat(36))).toBeNull();
  expect(passwordProblem("ä".repeat(37))).not.toBeNull();
});
