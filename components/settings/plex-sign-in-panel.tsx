"use client";

import { ExternalLink, LoaderCircle, Lock, LogIn } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { ConnectionTestView, ServiceFieldsView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { useSharedClock } from "../shared-clock";
import { Button } from "../ui/button";
import { TestResult } from "./connection-test";
import { PlexServerChoice } from "./plex-server-choice";
import type { PlexSignIn, PlexSignInPhase } from "./use-plex-sign-in";

/** The variable that gives Plex's address or token, so that signing in would change nothing; null when none does. */
export function plexLock({ url, secret }: ServiceFieldsView): string | null {
  return [url, secret].find(({ isLocked }) => isLocked)?.name ?? null;
}

/** Signing in to Plex, from the button to the address that is saved. */
export function PlexSignInPanel({
  signIn,
  lockedBy,
  onConnected,
}: {
  signIn: PlexSignIn;
  /** The variable that gives address or token. */
  lockedBy: string | null;
  onConnected: (url: string) => void;
}) {
  const { phase } = signIn;
  const place = useFocusKept(phase.kind);
  if (lockedBy !== null) {
    return (
      <p className="flex items-center gap-2 text-sm text-muted-foreground">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        <span>
          No sign-in with Plex: <code className="font-mono text-xs">{lockedBy}</code> is set by the
          environment.
        </span>
      </p>
    );
  }
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-label="Sign in with Plex"
      className="rounded-sm outline-offset-4"
    >
      <Phase phase={phase} signIn={signIn} onConnected={onConnected} />
    </section>
  );
}

function Phase({
  phase,
  signIn,
  onConnected,
}: {
  phase: PlexSignInPhase;
  signIn: PlexSignIn;
  onConnected: (url: string) => void;
}) {
  switch (phase.kind) {
    case "idle":
    case "starting":
      return <Offer busy={phase.kind === "starting"} start={signIn.start} />;
    case "waiting":
      return <Waiting phase={phase} cancel={signIn.cancel} />;
    case "choosing":
      return (
        <PlexServerChoice
          ticket={phase.ticket}
          servers={phase.servers}
          proposed={phase.proposed}
          actions={signIn.actions}
          cancel={signIn.cancel}
          onConnected={(url, test) => {
            signIn.connected(test);
            onConnected(url);
          }}
        />
      );
    case "over":
      return (
        <Result
          result={{ kind: "failed", words: phase.words, remedy: phase.detail }}
          start={signIn.start}
        />
      );
    case "connected":
      return <Result result={phase.test} start={signIn.start} />;
  }
}

function Result({ result, start }: { result: ConnectionTestView; start: () => void }) {
  return (
    <TestResult result={result}>
      <ServerButton
        busy={false}
        icon={<LogIn aria-hidden />}
        onClick={start}
        className="max-md:h-11"
      >
        Sign in again
      </ServerButton>
    </TestResult>
  );
}

function Offer({ busy, start }: { busy: boolean; start: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <p className="min-w-0 flex-1 basis-60 text-sm text-muted-foreground">
        Finds address and token for you. Plex opens in a new tab; only this button makes BingeAlert
        ask plex.tv.
      </p>
      <ServerButton busy={busy} icon={<LogIn aria-hidden />} onClick={start}>
        Sign in with Plex
      </ServerButton>
    </div>
  );
}

function Waiting({
  phase: { begun, hasTab, trouble },
  cancel,
}: {
  phase: Extract<PlexSignInPhase, { kind: "waiting" }>;
  cancel: () => void;
}) {
  return (
    <div className="grid gap-4">
      <div className="tone-sending flex gap-3">
        <LoaderCircle
          aria-hidden
          className="mt-px size-[18px] shrink-0 text-tone !stroke-2 motion-safe:animate-spin"
        />
        <div className="min-w-0 text-sm">
          <div role="status">
            <div className="font-medium">Waiting for you to sign in at Plex</div>
            <div className="text-muted-foreground">
              {trouble !== null
                ? `${trouble}. It is asked again.`
                : hasTab
                  ? "Sign in in the tab that opened. This page goes on by itself."
                  : "Your browser opened no tab. Open Plex and sign in there; this page goes on by itself."}
            </div>
          </div>
          <TimeLeft endsAt={begun.endsAt} />
        </div>
      </div>
      <div className="flex flex-wrap gap-2.5">
        <Button asChild variant={hasTab ? "secondary" : "primary"}>
          <a href={begun.url} target="_blank" rel="noopener noreferrer">
            Open Plex
            <ExternalLink aria-hidden />
            <span className="sr-only">in a new tab</span>
          </a>
        </Button>
        <Button variant="ghost" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function TimeLeft({ endsAt }: { endsAt: string }): ReactNode {
  const end = Date.parse(endsAt);
  const minutes = Math.max(0, Math.ceil((end - useSharedClock(Date.now())) / 60_000));
  return <div className="num text-muted-foreground">{minutes} min left</div>;
}

/** What had the focus may go with its phase: then the whole of it has the focus, so that one goes on from there. */
function useFocusKept(phase: PlexSignInPhase["kind"]) {
  const place = useRef<HTMLElement>(null);
  const last = useRef(phase);
  useEffect(() => {
    if (last.current === phase) return;
    last.current = phase;
    const active = document.activeElement;
    if (active === null || active === document.body) place.current?.focus({ preventScroll: true });
  }, [phase]);
  return place;
}
