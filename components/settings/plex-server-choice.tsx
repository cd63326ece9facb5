"use client";

import { CircleCheck, LoaderCircle } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useState, useTransition } from "react";
import type { PlexAddressesView, PlexServerView } from "@/lib/domain/views/plex-sign-in";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { TestResult } from "./connection-test";
import type { PlexSignInActions } from "./use-plex-sign-in";

const noAnswer: ConnectionTestView = {
  kind: "failed",
  words: "Nothing answers at BingeAlert",
  remedy: "It may be restarting. Try again.",
};

/** Which server of the account, and by which of its addresses: each was tried from where BingeAlert runs. */
export function PlexServerChoice({
  ticket,
  servers,
  proposed,
  actions,
  cancel,
  onConnected,
}: {
  ticket: string;
  servers: PlexServerView[];
  proposed: string | null;
  actions: PlexSignInActions;
  cancel: () => void;
  onConnected: (url: string, test: ConnectionTestView) => void;
}) {
  const name = useId();
  const [server, setServer] = useState(proposed);
  const [attempt, setAttempt] = useState(0);
  const [tried, setTried] = useState<PlexAddressesView | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [failure, setFailure] = useState<ConnectionTestView | null>(null);
  const [busy, startTransition] = useTransition();
  const { tryAddresses } = actions;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt asks the same again
  useEffect(() => {
    if (server === null) return;
    let isOver = false;
    setTried(null);
    setFailure(null);
    void tryAddresses({ ticket, machineIdentifier: server })
      .catch(() => null)
      .then((answer) => {
        if (isOver) return;
        setTried(answer?.tried ?? { addresses: [], proposed: null });
        setUrl(answer?.tried?.proposed ?? null);
        setFailure(answer?.tried ? unreached(answer.tried) : failed(answer));
      });
    return () => {
      isOver = true;
    };
  }, [server, attempt, ticket, tryAddresses]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (server === null || url === null) return;
    startTransition(async () => {
      const answer = await actions
        .connect({ ticket, machineIdentifier: server, url })
        .catch(() => null);
      if (answer?.kind === "done" && answer.test) onConnected(url, answer.test);
      else setFailure(answer?.test ?? failed(answer));
    });
  };
  const isTrying = server !== null && tried === null;
  const reaches = tried?.addresses.some(({ answers }) => answers) ?? false;

  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4">
      {servers.length === 1 && server !== null ? (
        <p className="text-sm">
          <span className="font-medium">{servers[0]?.name}</span>
          <span className="text-muted-foreground"> · {servers[0]?.whose}</span>
        </p>
      ) : (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">Plex server</legend>
          {servers.map((one) => (
            <Choice
              key={one.machineIdentifier}
              name={`${name}-server`}
              isChosen={server === one.machineIdentifier}
              isOpen={!busy}
              choose={() => setServer(one.machineIdentifier)}
              title={one.name}
            >
              {one.whose}
            </Choice>
          ))}
        </fieldset>
      )}
      {tried && tried.addresses.length > 0 ? (
        <fieldset className="min-w-0">
          <legend className="mb-1.5 text-sm font-medium">
            Its address, as BingeAlert reaches it
          </legend>
          {tried.addresses.map((address) => (
            <Choice
              key={address.url}
              name={`${name}-address`}
              isChosen={url === address.url}
              isOpen={address.answers && !busy}
              choose={() => setUrl(address.url)}
              title={<span className="font-mono text-xs/5 break-all">{address.url}</span>}
            >
              <span className="num flex flex-wrap items-center gap-x-1.5">
                {address.answers ? (
                  <CircleCheck aria-hidden className="tone-sent size-3.5 text-tone !stroke-2" />
                ) : null}
                {address.words} · {address.route}
              </span>
            </Choice>
          ))}
        </fieldset>
      ) : null}
      <p role="status" className={isTrying ? "flex items-center gap-2 text-sm" : "sr-only"}>
        {isTrying ? (
          <>
            <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />
            Trying its addresses
          </>
        ) : reaches ? (
          "Its addresses were tried. Choose one."
        ) : null}
      </p>
      <TestResult result={failure} />
      <div className="flex flex-wrap gap-2.5">
        {reaches || server === null ? (
          <ServerButton
            type="submit"
            variant="primary"
            busy={busy}
            blocked={url === null}
            aria-describedby={url === null ? `${name}-reason` : undefined}
          >
            {busy ? "Testing" : "Test and save"}
          </ServerButton>
        ) : tried ? (
          <ServerButton busy={false} onClick={() => setAttempt(attempt + 1)}>
            Try again
          </ServerButton>
        ) : null}
        <Button variant="ghost" onClick={cancel}>
          Cancel
        </Button>
        {server === null ? (
          <span id={`${name}-reason`} className="self-center text-sm text-muted-foreground">
            Choose a server
          </span>
        ) : null}
      </div>
    </form>
  );
}

/** Why there is nothing to choose; null when there is. */
function unreached({ addresses }: PlexAddressesView): ConnectionTestView | null {
  if (addresses.some(({ answers }) => answers)) return null;
  return {
    kind: "failed",
    words:
      addresses.length === 0
        ? "Plex names no address of this server that BingeAlert could use"
        : "BingeAlert reaches this server by none of its addresses",
    remedy:
      "In Plex, add an address it can reach under Settings, Network, Custom server access URLs. Or cancel and enter one by hand.",
  };
}

const failed = (answer: { words: string; detail?: string } | null): ConnectionTestView =>
  answer ? { kind: "failed", words: answer.words, remedy: answer.detail ?? null } : noAnswer;

function Choice({
  name,
  isChosen,
  isOpen,
  choose,
  title,
  children,
}: {
  name: string;
  isChosen: boolean;
  /** Whether it can be chosen. */
  isOpen: boolean;
  choose: () => void;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-md px-2 py-2 hover:bg-hover has-disabled:cursor-not-allowed has-disabled:hover:bg-transparent max-md:min-h-11">
      <input
        type="radio"
        name={name}
        checked={isChosen}
        disabled={!isOpen}
        onChange={choose}
        className="mt-[3px] size-4 shrink-0 accent-(--primary)"
      />
      <span className="min-w-0">
        <span className="block text-sm font-medium break-words">{title}</span>
        <span className="block text-sm break-words text-muted-foreground">{children}</span>
      </span>
    </label>
  );
}
