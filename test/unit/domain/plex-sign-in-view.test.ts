import { expect, test } from "vitest";
import type { PlexServer, TriedPlexAddress } from "@/lib/domain/plex-servers";
import { plexSignInUrl } from "@/lib/domain/plex-sign-in";
import { addressView, serverView } from "@/lib/domain/views/plex-sign-in";

const server: PlexServer = {
  machineIdentifier: "m1",
  name: "Attic",
  isOwned: true,
  sharedBy: null,
  isOnline: true,
  wantsHttps: false,
  token: "the token",
  connections: [],
};

test.each([
  [{}, "Yours"],
  [{ isOnline: false }, "Yours, off at the moment"],
  [{ isOwned: false, sharedBy: "Marta" }, "Shared by Marta"],
  [{ isOwned: false, isOnline: null }, "Shared with you"],
])("whose a server is: %j", (over, whose) => {
  // Nothing else of it goes to the page, its token least of all.
  expect(serverView({ ...server, ...over })).toEqual({
    machineIdentifier: "m1",
    name: "Attic",
    whose,
  });
});

test.each<[TriedPlexAddress["answer"], boolean, string]>([
  [{ kind: "answers", tookMs: 4 }, true, "Answers in 4 ms"],
  [{ kind: "another_server" }, false, "Another Plex answers"],
  [{ kind: "failed", failure: "dns" }, false, "Its name is unknown here"],
  [{ kind: "failed", failure: "refused" }, false, "Nothing answers"],
  [{ kind: "failed", failure: "timeout" }, false, "No answer in time"],
  [{ kind: "failed", failure: "tls" }, false, "No certificate that is known here"],
  [{ kind: "failed", failure: "parse" }, false, "Something else answers"],
])("what came back from an address: %j", (answer, answers, words) => {
  const url = "http://10.0.0.2:32400";
  expect(addressView({ url, route: "local_http", answer })).toEqual({
    url,
    route: "in your network",
    answers,
    words,
  });
});

test("the page of Plex is told who asks and for which PIN", () => {
  const url = new URL(plexSignInUrl("client", "a code&x"));
  expect(`${url.origin}${url.pathname}${url.search}`).toBe("https://app.plex.tv/auth");
  expect(Object.fromEntries(new URLSearchParams(url.hash.slice(2)))).toEqual({
    clientID: "client",
    code: "a code&x",
    "context[device][product]": "BingeAlert",
  });
});
