import type { FailureKind } from "../health";
import type { PlexRoute, PlexServer, TriedPlexAddress } from "../plex-servers";

/** A sign-in that was begun: where to grant it, and until when (ISO 8601). */
export type PlexSignInBegunView = { ticket: string; url: string; endsAt: string };

/** How it stands. No token is in it. */
export type PlexSignInView =
  | { kind: "waiting"; trouble: string | null }
  /** `proposed`: the one to look at first, by its identifier. */
  | { kind: "signed_in"; servers: PlexServerView[]; proposed: string | null }
  | { kind: "over"; words: string; detail: string };

export type PlexServerView = {
  machineIdentifier: string;
  name: string;
  /** "Yours", "Shared by Marta". */
  whose: string;
};

export type PlexAddressView = {
  url: string;
  /** "in your network", … */
  route: string;
  answers: boolean;
  /** "Answers in 4 ms", or why not. */
  words: string;
};

export type PlexAddressesView = { addresses: PlexAddressView[]; proposed: string | null };

const byHand = "Or enter address and token by hand below.";

/** Why a sign-in is over, and what to do. */
export function signInOver(because: "expired" | "unknown" | "no_server"): PlexSignInView {
  switch (because) {
    case "expired":
      return {
        kind: "over",
        words: "The sign-in expired before Plex let BingeAlert in",
        detail: "Plex gives half an hour. Sign in again.",
      };
    case "unknown":
      return {
        kind: "over",
        words: "This sign-in is not good any more",
        detail: "Another one was begun since, or the browser lost its cookie. Sign in again.",
      };
    case "no_server":
      return {
        kind: "over",
        words: "This account has no Plex server",
        detail: `Sign in with the account that owns it. ${byHand}`,
      };
  }
}

/** A server without what it is asked with. */
export function serverView({ machineIdentifier, name, ...server }: PlexServer): PlexServerView {
  const owner = server.sharedBy ? `Shared by ${server.sharedBy}` : "Shared with you";
  const state = server.isOnline === false ? ", off at the moment" : "";
  return { machineIdentifier, name, whose: `${server.isOwned ? "Yours" : owner}${state}` };
}

const routeWords: Record<PlexRoute, string> = {
  local_http: "in your network",
  local_https: "in your network, encrypted",
  remote_https: "from outside, encrypted",
};

const failureWords: Record<FailureKind, string> = {
  dns: "Its name is unknown here",
  refused: "Nothing answers",
  timeout: "No answer in time",
  tls: "No certificate that is known here",
  auth: "Something else answers",
  status: "Something else answers",
  parse: "Something else answers",
};

export function addressView({ url, route, answer }: TriedPlexAddress): PlexAddressView {
  const words =
    answer.kind === "answers"
      ? `Answers in ${answer.tookMs} ms`
      : answer.kind === "another_server"
        ? "Another Plex answers"
        : failureWords[answer.failure];
  return { url, route: routeWords[route], answers: answer.kind === "answers", words };
}
