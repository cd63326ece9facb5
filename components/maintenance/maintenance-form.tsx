"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState, useTransition } from "react";
import { toast } from "sonner";
import { reminderTime } from "@/lib/domain/maintenance";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { type Reader, sentenceMoment } from "@/lib/domain/views/moment-words";
import { momentInZone } from "@/lib/domain/zoned-time";
import { ServerButton } from "../server-button";
import { fieldClass } from "../settings/setting-field";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";

type Values = { title: string; text: string; starts: string; ends: string; zone: string };
export type SaveWindow = (input: Values & { windowId: number | null }) => Promise<ActionResult>;

/** Plans a break or changes one. Says before anything leaves who gets how many mails, and when. */
export function MaintenanceForm({
  windowId,
  initial,
  announced,
  zones,
  reached,
  reader,
  save,
}: {
  /** Null for a new one. */
  windowId: number | null;
  initial: Values;
  /** The times people know already; null for a new one. */
  announced: { startsAt: Date; endsAt: Date } | null;
  zones: string[];
  reached: number;
  reader: Reader;
  save: SaveWindow;
}) {
  const router = useRouter();
  const id = useId();
  const [values, setValues] = useState(initial);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, startTransition] = useTransition();
  const set = (name: keyof Values) => (value: string) => {
    setProblem(null);
    setValues((before) => ({ ...before, [name]: value }));
  };
  const plan = planOf(values, announced, reader);
  const people = plural(reached, "person", "people");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (plan.isNews && reached > 0) setAsking(true);
    else run();
  };
  const run = () => {
    setAsking(false);
    startTransition(async () => {
      const result = await save({ windowId, ...values }).catch(
        (): ActionResult => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      if (result.kind === "refused") {
        setProblem(result.detail ?? result.words);
        return;
      }
      toast(result.words, result.detail ? { description: result.detail } : {});
      if (windowId === null) setValues(initial);
      router.push("/maintenance");
      router.refresh();
    });
  };

  return (
    <form onSubmit={submit} className="grid gap-4 p-4">
      <Field id={`${id}-title`} label="Title" help="The headline of the mails">
        <input
          id={`${id}-title`}
          className={fieldClass}
          value={values.title}
          onChange={(event) => set("title")(event.currentTarget.value)}
          maxLength={120}
          required
        />
      </Field>
      <Field id={`${id}-text`} label="What people should know" help="May be empty">
        <textarea
          id={`${id}-text`}
          className={`${fieldClass} block h-24 py-2 max-md:h-28`}
          value={values.text}
          onChange={(event) => set("text")(event.currentTarget.value)}
          maxLength={2000}
        />
      </Field>
      <div className="grid gap-4 max-xl:grid-cols-2 max-sm:grid-cols-1">
        <Field id={`${id}-starts`} label="Begins">
          <input
            id={`${id}-starts`}
            type="datetime-local"
            className={fieldClass}
            value={values.starts}
            onChange={(event) => set("starts")(event.currentTarget.value)}
            required
          />
        </Field>
        <Field id={`${id}-ends`} label="Ends">
          <input
            id={`${id}-ends`}
            type="datetime-local"
            className={fieldClass}
            value={values.ends}
            onChange={(event) => set("ends")(event.currentTarget.value)}
            required
          />
        </Field>
      </div>
      <Field
        id={`${id}-zone`}
        label="Time zone"
        help="In which both times are meant. Each mail names them in its reader's own zone"
      >
        <select
          id={`${id}-zone`}
          className={fieldClass}
          value={values.zone}
          onChange={(event) => set("zone")(event.currentTarget.value)}
        >
          {(zones.includes(values.zone) ? zones : [values.zone, ...zones]).map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </Field>
      <section aria-label="Mails" className="rounded-md bg-sunken px-4 py-3">
        <h3 className="text-sm font-medium">
          {plan.isNews ? `What ${people} will get` : "Nobody is mailed: the times stay"}
        </h3>
        <ol className="num mt-1.5 grid gap-1 text-sm text-muted-foreground">
          {plan.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      </section>
      {problem ? (
        <p role="alert" className="text-sm text-danger-text">
          {problem}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        {windowId === null ? null : (
          <Button onClick={() => router.push("/maintenance")}>Leave it as it is</Button>
        )}
        <ServerButton type="submit" variant="primary" busy={busy}>
          {busy ? "Saving" : windowId === null ? "Plan and announce" : "Save"}
        </ServerButton>
      </div>
      <Dialog open={asking} onOpenChange={setAsking}>
        <DialogContent
          title={`Send ${plural(reached, "mail")} now?`}
          description={`${people} ${reached === 1 ? "is" : "are"} told of ${announced ? "the new times" : "the break"} at once.`}
        >
          <DialogActions>
            <DialogClose asChild>
              <Button>Not yet</Button>
            </DialogClose>
            <Button variant="primary" onClick={run}>
              Send {plural(reached, "mail")}
            </Button>
          </DialogActions>
        </DialogContent>
      </Dialog>
    </form>
  );
}

function Field({
  id,
  label,
  help,
  children,
}: {
  id: string;
  label: string;
  help?: string;
  children: ReactNode;
}) {
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children}
      {help ? <p className="mt-1 text-xs text-subtle-foreground">{help}.</p> : null}
    </div>
  );
}

/** The mails these values lead to, and whether the first of them leaves at once. */
function planOf(
  values: Values,
  announced: { startsAt: Date; endsAt: Date } | null,
  reader: Reader,
): { isNews: boolean; lines: string[] } {
  const start = momentInZone(values.starts, values.zone);
  const end = momentInZone(values.ends, values.zone);
  if (start.kind === "unreadable" || end.kind === "unreadable") {
    return { isNews: announced === null, lines: ["Give both times to see when the mails leave."] };
  }
  const isNews =
    announced === null ||
    announced.startsAt.getTime() !== start.at.getTime() ||
    announced.endsAt.getTime() !== end.at.getTime();
  const window = {
    status: "scheduled" as const,
    startsAt: start.at,
    endsAt: end.at,
    announcedAt: reader.now,
    remindedAt: null,
  };
  const reminder = reminderTime(window);
  const twice = start.kind === "twice" || end.kind === "twice";
  return {
    isNews,
    lines: [
      ...(isNews ? [announced ? "Now: the new times" : "Now: the announcement"] : []),
      reminder
        ? `${sentenceMoment(reminder, reader)}: a reminder`
        : "No reminder: it begins within the hour",
      `${sentenceMoment(end.at, reader)}, or when you end it: that it is over`,
      ...(twice ? ["The clocks are put back that night; the first of the two hours is meant"] : []),
    ],
  };
}
