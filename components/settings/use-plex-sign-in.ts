"use client";

import { useEffect, useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type {
  PlexAddressesView,
  PlexServerView,
  PlexSignInBegunView,
  PlexSignInView,
} from "@/lib/domain/views/plex-sign-in";
import type { ConnectionTestView } from "@/lib/domain/views/settings";

type Server = { ticket: string; machineIdentifier: string };

/** What the server does for a sign-in. The token never leaves it. */
export type PlexSignInActions = {
  begin: () => Promise<ActionResult & { begun?: PlexSignInBegunView }>;
  ask: (input: { ticket: string }) => Promise<ActionResult & { standing?: PlexSignInView }>;
  tryAddresses: (input: Server) => Promise<ActionResult & { tried?: PlexAddressesView }>;
  connect: (
    input: Server & { url: string },
  ) => Promise<ActionResult & { test?: ConnectionTestView }>;
  cancel: () => Promise<ActionResult>;
};

export type PlexSignInPhase =
  | { kind: "idle" }
  | { kind: "starting" }
  /** `hasTab`: false when the browser let no tab be opened. */
  | { kind: "waiting"; begun: PlexSignInBegunView; hasTab: boolean; trouble: string | null }
  | { kind: "choosing"; ticket: string; servers: PlexServerView[]; proposed: string | null }
  | { kind: "over"; words: string; detail: string }
  | { kind: "connected"; test: ConnectionTestView };

export type PlexSignIn = {
  phase: PlexSignInPhase;
  actions: PlexSignInActions;
  /** To be called by a click: it opens the tab that blockers of pop-ups let through. */
  start: () => void;
  cancel: () => void;
  connected: (test: ConnectionTestView) => void;
};

const unreachable = {
  kind: "over",
  words: "Nothing answers at BingeAlert",
  detail: "It may be restarting. Try again.",
} as const;

const byHand =
  "BingeAlert itself has to reach plex.tv. Try again, or enter address and token by hand below.";

/** Milliseconds between two questions, and while plex.tv has trouble. */
const pause = { usual: 2_000, trouble: 10_000 };

/** A sign-in to Plex as a page goes through it. */
export function usePlexSignIn(given: PlexSignInActions): PlexSignIn {
  // Each answer that sets a cookie draws the page anew, with new references to the same actions.
  const [actions] = useState(given);
  const [phase, setPhase] = useState<PlexSignInPhase>({ kind: "idle" });
  const ticket = phase.kind === "waiting" ? phase.begun.ticket : null;
  const { ask } = actions;

  useEffect(() => {
    if (ticket === null) return;
    return keepAsking(async () => {
      const answer = await ask({ ticket }).catch(() => null);
      const standing = answer?.standing ?? {
        kind: "waiting" as const,
        trouble: answer?.words ?? unreachable.words,
      };
      return () => {
        setPhase((before) => {
          if (before.kind !== "waiting" || before.begun.ticket !== ticket) return before;
          if (standing.kind === "waiting") return { ...before, trouble: standing.trouble };
          if (standing.kind === "over") return standing;
          const { servers, proposed } = standing;
          return { kind: "choosing", ticket, servers, proposed };
        });
        return standing.kind !== "waiting" || standing.trouble === null
          ? pause.usual
          : pause.trouble;
      };
    });
  }, [ticket, ask]);

  return {
    phase,
    actions,
    start: () => {
      const tab = window.open("", "_blank");
      if (tab) tab.opener = null;
      setPhase({ kind: "starting" });
      void actions
        .begin()
        .catch(() => null)
        .then((answer) => {
          if (answer?.begun) {
            tab?.location.replace(answer.begun.url);
            const { begun } = answer;
            setPhase({ kind: "waiting", begun, hasTab: tab !== null, trouble: null });
            return;
          }
          tab?.close();
          setPhase(
            answer
              ? { kind: "over", words: answer.words, detail: answer.detail ?? byHand }
              : unreachable,
          );
        });
    },
    cancel: () => {
      setPhase({ kind: "idle" });
      void actions.cancel().catch(() => null);
    },
    connected: (test) => setPhase({ kind: "connected", test }),
  };
}

/**
 * Asks again and again, and at once when somebody comes back to this tab: browsers slow down the clocks of tabs that
 * are not looked at. `ask` gives what to do with its answer, which gives the pause until the next time.
 */
function keepAsking(ask: () => Promise<() => number>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOver = false;
  const next = async () => {
    timer = null;
    const take = await ask();
    if (!isOver) timer = setTimeout(next, take());
  };
  const askNow = () => {
    if (document.visibilityState !== "visible" || timer === null) return;
    clearTimeout(timer);
    void next();
  };
  timer = setTimeout(next, pause.usual);
  document.addEventListener("visibilitychange", askNow);
  return () => {
    isOver = true;
    if (timer !== null) clearTimeout(timer);
    document.removeEventListener("visibilitychange", askNow);
  };
}
