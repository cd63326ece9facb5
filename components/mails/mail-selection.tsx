"use client";

import { Ban, RotateCw, Send, X } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import type { NotificationAction } from "@/lib/domain/views/notifications";
import { ActionButton } from "../action-button";
import { Button } from "../ui/button";

/** A mail and what may be done with it. */
type Mail = { id: number; actions: readonly NotificationAction[] };
type Act = (wanted: { verb: NotificationAction; ids: number[] }) => Promise<ActionResult>;

type Selection = {
  chosen: ReadonlySet<number>;
  /** With `throughOthers` everything between the last one and this one follows it. */
  choose: (id: number, isChosen: boolean, throughOthers: boolean) => void;
};

const SelectionContext = createContext<Selection>({ chosen: new Set(), choose: () => {} });

/** A list of mails of which several can be picked; while some are, a bar with what can be done replaces the filters. */
export function MailSelection({
  mails,
  act,
  filters,
  children,
}: {
  mails: readonly Mail[];
  act: Act;
  filters: ReactNode;
  children: ReactNode;
}) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const last = useRef<number | null>(null);
  // What left the list meanwhile is picked no more.
  const shown = mails.filter((mail) => picked.has(mail.id));
  const isSome = shown.length > 0;

  useEffect(() => {
    if (!isSome) return;
    const onKey = (event: KeyboardEvent) => {
      const elsewhere = document.querySelector("[data-drawer],[role=dialog],[role=menu]");
      if (event.key === "Escape" && !elsewhere) setPicked(new Set());
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isSome]);

  const choose = (id: number, isChosen: boolean, throughOthers: boolean) => {
    const places = [last.current, id].map((of) => mails.findIndex((mail) => mail.id === of));
    const [from = -1, to = -1] = places.sort((a, b) => a - b);
    const changed = throughOthers && from >= 0 ? mails.slice(from, to + 1).map((m) => m.id) : [id];
    last.current = id;
    setPicked((before) => {
      const next = new Set(before);
      for (const one of changed) {
        if (isChosen) next.add(one);
        else next.delete(one);
      }
      return next;
    });
  };

  return (
    <SelectionContext value={{ chosen: new Set(shown.map((mail) => mail.id)), choose }}>
      {isSome ? <Bar mails={shown} act={act} clear={() => setPicked(new Set())} /> : filters}
      {children}
    </SelectionContext>
  );
}

function Bar({ mails, act, clear }: { mails: Mail[]; act: Act; clear: () => void }) {
  const able = (verb: NotificationAction) =>
    mails.filter((mail) => mail.actions.includes(verb)).map((mail) => mail.id);
  const [leaving, stopping, again] = [able("send_now"), able("cancel"), able("resend")];
  const isNothing = leaving.length + stopping.length + again.length === 0;
  return (
    <section
      aria-label="Selected mails"
      className="sticky top-14 z-20 mb-3.5 flex min-h-10 flex-wrap items-center gap-2 bg-background"
    >
      <span role="status" className="num mr-1 text-sm font-medium">
        {mails.length} selected
        {isNothing ? (
          <span className="ml-2 font-normal text-muted-foreground">
            On the way: nothing to do until the mail server answers
          </span>
        ) : null}
      </span>
      {leaving.length > 0 ? (
        <ActionButton
          icon={<Send aria-hidden />}
          label="Send now"
          busyLabel="Sending"
          action={() => act({ verb: "send_now", ids: leaving })}
          confirm={{
            title: `Send ${plural(leaving.length, "mail")} now?`,
            description: passedOver(mails.length - leaving.length, "do not wait"),
            button: `Send ${plural(leaving.length, "mail")}`,
          }}
        />
      ) : null}
      {again.length > 0 ? (
        <ActionButton
          icon={<RotateCw aria-hidden />}
          label="Resend"
          busyLabel="Sending"
          action={() => act({ verb: "resend", ids: again })}
          confirm={{
            title: `Send ${plural(again.length, "mail")} again?`,
            description: `Whoever got one already gets it twice. ${passedOver(mails.length - again.length, "have not left")}`,
            button: `Send ${plural(again.length, "mail")} again`,
          }}
        />
      ) : null}
      {stopping.length > 0 ? (
        <ActionButton
          variant="danger"
          icon={<Ban aria-hidden />}
          label="Cancel"
          busyLabel="Cancelling"
          action={() => act({ verb: "cancel", ids: stopping })}
          confirm={{
            title: `Cancel ${plural(stopping.length, "mail")}?`,
            description: `These people are not told by them, and no later check brings them back. ${passedOver(mails.length - stopping.length, "have left")}`,
            button: `Cancel ${plural(stopping.length, "mail")}`,
            destructive: true,
          }}
        />
      ) : null}
      <Button variant="ghost" onClick={clear} className="ml-auto">
        <X aria-hidden />
        Clear
      </Button>
    </section>
  );
}

const passedOver = (count: number, why: string) =>
  count > 0 ? `The other ${plural(count, "mail")} selected ${why} and stay as they are.` : "";

/** The box before a mail; with shift the rows between follow, `x` picks the row in focus. */
export function MailCheckbox({ id, name }: { id: number; name: string }) {
  const { chosen, choose } = useContext(SelectionContext);
  const isChosen = chosen.has(id);
  return (
    <input
      type="checkbox"
      data-row-select
      aria-label={`Select ${name}`}
      checked={isChosen}
      className="check relative z-10"
      onClick={(event) => choose(id, !isChosen, event.shiftKey)}
      // The click decides, which knows about shift.
      onChange={() => {}}
    />
  );
}
