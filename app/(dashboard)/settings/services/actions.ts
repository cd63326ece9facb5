"use server";

import { z } from "zod";
import { proposeServer } from "@/lib/domain/plex-servers";
import type { ActionResult } from "@/lib/domain/views/action-result";
import {
  addressView,
  type PlexAddressesView,
  type PlexSignInBegunView,
  type PlexSignInView,
  serverView,
  signInOver,
} from "@/lib/domain/views/plex-sign-in";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { connectPlex, tryPlexAddresses } from "@/lib/services/settings/connect-plex";
import { beginPlexSignIn, readPlexSignIn } from "@/lib/services/settings/plex-sign-in";
import { adminAction } from "@/lib/web/admin-action";
import {
  forgetSignIn,
  holderOf,
  keepSignIn,
  readSignInBearer,
} from "@/lib/web/plex-sign-in-cookie";
import { webContext } from "@/lib/web/service-context";

type BegunAnswer = ActionResult & { begun?: PlexSignInBegunView };

const begin = adminAction(
  "services",
  z.object({}),
  async (_input, viewer, note): Promise<BegunAnswer> => {
    note(null);
    const begun = await beginPlexSignIn(webContext(), holderOf(viewer), process.env);
    await keepSignIn(begun);
    const { ticket, url, endsAt } = begun;
    return { kind: "done", words: "Asked", begun: { ticket, url, endsAt: endsAt.toISOString() } };
  },
);

/** Asks Plex for a PIN. What comes of it stays with this browser, sealed. */
export async function beginPlexSignInAction(): Promise<BegunAnswer> {
  return begin({});
}

const ticketed = z.object({ ticket: z.string().min(1).max(100) });
type StandingAnswer = ActionResult & { standing?: PlexSignInView };

const ask = adminAction(
  "services",
  ticketed,
  async ({ ticket }, viewer, note): Promise<StandingAnswer> => {
    note(null);
    const bearer = await readSignInBearer(viewer, ticket);
    const found = await readPlexSignIn(webContext(), bearer);
    if (found.kind !== "over" && found.keep) await keepSignIn(found.keep);
    return { kind: "done", words: "Asked", standing: standingView(found) };
  },
);

function standingView(found: Awaited<ReturnType<typeof readPlexSignIn>>): PlexSignInView {
  if (found.kind === "over") return signInOver(found.because);
  if (found.kind === "waiting") return { kind: "waiting", trouble: found.trouble };
  const { servers } = found;
  if (servers.length === 0) return signInOver("no_server");
  const proposed = proposeServer(servers)?.machineIdentifier ?? null;
  return { kind: "signed_in", servers: servers.map(serverView), proposed };
}

/** Whether the PIN was granted, and then which servers the account has. */
export async function askPlexSignInAction(
  input: z.input<typeof ticketed>,
): Promise<StandingAnswer> {
  return ask(input);
}

const server = ticketed.extend({ machineIdentifier: z.string().min(1).max(200) });
type AddressesAnswer = ActionResult & { tried?: PlexAddressesView };

const tryAll = adminAction(
  "services",
  server,
  async ({ ticket, machineIdentifier }, viewer, note): Promise<AddressesAnswer> => {
    note(null);
    const bearer = await readSignInBearer(viewer, ticket);
    const { addresses, proposed } = await tryPlexAddresses(webContext(), bearer, machineIdentifier);
    return {
      kind: "done",
      words: "Tried",
      tried: { addresses: addresses.map(addressView), proposed },
    };
  },
);

/** Tries the addresses of a server from here. */
export async function tryPlexAddressesAction(
  input: z.input<typeof server>,
): Promise<AddressesAnswer> {
  return tryAll(input);
}

const choice = server.extend({ url: z.string().min(1).max(500) });
type ConnectedAnswer = ActionResult & { test?: ConnectionTestView };

const connect = adminAction(
  "services",
  choice,
  async ({ ticket, ...chosen }, viewer, note): Promise<ConnectedAnswer> => {
    const bearer = await readSignInBearer(viewer, ticket);
    const result = await connectPlex(webContext(), bearer, chosen, process.env);
    if (result.kind === "failed") {
      return { kind: "refused", words: result.test.words, test: result.test };
    }
    await forgetSignIn();
    const { before, test } = result;
    note({
      subject: "plex",
      before: { PLEX_URL: before.url, PLEX_TOKEN: before.hadToken ? "set" : "" },
      after: { PLEX_URL: chosen.url, PLEX_TOKEN: "changed" },
    });
    return { kind: "done", words: "Plex was connected by signing in", test };
  },
);

/** Saves one of those addresses with its token, when it works. */
export async function connectPlexAction(input: z.input<typeof choice>): Promise<ConnectedAnswer> {
  return connect(input);
}

const cancel = adminAction("services", z.object({}), async (_input, _viewer, note) => {
  note(null);
  await forgetSignIn();
  return { kind: "done", words: "The sign-in was given up" };
});

/** Gives a sign-in up: this browser forgets it. */
export async function cancelPlexSignInAction(): Promise<ActionResult> {
  return cancel({});
}
