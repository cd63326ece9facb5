"use client";

import { type FormEvent, type ReactNode, useEffect, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { plural } from "@/lib/domain/views/count-words";
import { type SettingFieldView, settingCards } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Card, CardHead } from "../ui/card";
import { BatchingPreview } from "./batching-preview";
import { SettingField } from "./setting-field";
import { useFieldProblems } from "./use-field-problems";
import { useTyped } from "./use-typed";

export type SaveSettings = (
  input: Record<string, string>,
) => Promise<ActionResult & { problems?: { name: string; words: string }[] }>;

/** Settings that are saved together. What is typed stays until it is saved or discarded. */
export function SettingsForm({
  fields,
  save,
  preview,
  beside,
  children,
}: {
  fields: SettingFieldView[];
  save: SaveSettings;
  /** Draws what the values mean, as they are typed. */
  preview?: "batching";
  /** Something more to say about a field while it is typed. */
  beside?: (name: string, value: string) => ReactNode;
  /** What follows the form and depends on what is typed. */
  children?: (values: Record<string, string>) => ReactNode;
}) {
  const { typed, type, discard, settle } = useTyped();
  const { problems, place, say, forget } = useFieldProblems<HTMLFormElement>();
  const [busy, startTransition] = useTransition();
  const changed = fields.filter((field) => isChanged(field, typed[field.name]));

  useEffect(() => {
    if (changed.length === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [changed.length]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || changed.length === 0) return;
    startTransition(async () => {
      const input = Object.fromEntries(
        changed.map((field) => [field.name, typed[field.name] ?? ""]),
      );
      const result = await save(input).catch(
        (): Awaited<ReturnType<SaveSettings>> => ({
          kind: "refused",
          words: "Nothing answers at BingeAlert",
          detail: "What you typed is still here. Try again.",
        }),
      );
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") {
        say(result.problems ?? []);
        toast.error(result.words, options);
        return;
      }
      toast(result.words, options);
      say([]);
      settle(input);
    });
  };

  const values = Object.fromEntries(
    fields.map((field) => [field.name, typed[field.name] ?? field.value]),
  );
  const form = (
    <form ref={place} onSubmit={submit} className="grid grid-cols-1 gap-4">
      {settingCards(fields).map((card) => (
        <Card key={card.title}>
          {card.title ? <CardHead title={card.title} /> : null}
          {preview === "batching" ? (
            <div className="px-4 pt-4 pb-2">
              <BatchingPreview values={values} />
            </div>
          ) : null}
          <div className="grid gap-x-4 gap-y-6 p-4 sm:grid-cols-2">
            {card.fields.map((field) => (
              <SettingField
                key={field.name}
                field={field}
                value={
                  field.name in typed
                    ? (typed[field.name] ?? null)
                    : field.type === "secret"
                      ? null
                      : field.value
                }
                problem={problems[field.name] ?? null}
                beside={beside?.(field.name, values[field.name] ?? "")}
                onChange={(value) => {
                  type(field.name, value);
                  forget(field.name);
                }}
              />
            ))}
          </div>
        </Card>
      ))}
      {changed.length > 0 ? (
        <SaveBar
          words={changeWords(changed, typed)}
          busy={busy}
          discard={() => {
            discard();
            say([]);
          }}
        />
      ) : null}
    </form>
  );
  return children ? (
    <>
      {form}
      {children(values)}
    </>
  ) : (
    form
  );
}

function isChanged(field: SettingFieldView, typed: string | null | undefined): boolean {
  if (typed === undefined || typed === null) return false;
  // An empty secret takes away the one there is.
  if (field.type === "secret") return typed !== "" || field.secretHint !== null;
  return typed.trim() !== field.value;
}

function changeWords(
  changed: readonly SettingFieldView[],
  typed: Record<string, string | null>,
): { count: string; detail: string } {
  const [first] = changed;
  const count = `${plural(changed.length, "change")} not saved`;
  if (!first || changed.length > 1) {
    return { count, detail: changed.map((field) => field.label).join(", ") };
  }
  if (first.type === "secret") {
    return { count, detail: typed[first.name] === "" ? `${first.label} taken away` : first.label };
  }
  const words = (value: string) =>
    first.choices.find((choice) => choice.value === value)?.label ?? (value || "nothing");
  const detail = `${first.label}, from ${words(first.value)} to ${words(typed[first.name] ?? "")}`;
  return { count, detail };
}

/** Stays in sight while something is not saved. */
function SaveBar({
  words,
  busy,
  discard,
}: {
  words: { count: string; detail: string };
  busy: boolean;
  discard: () => void;
}) {
  return (
    <div className="sticky bottom-4 z-20 flex items-center gap-3 rounded-lg border border-border bg-card px-4 py-2.5 shadow-lg max-md:bottom-[72px]">
      <span aria-hidden className="size-2 shrink-0 rounded-full bg-primary-edge" />
      <p role="status" className="min-w-0 flex-1 truncate text-sm text-muted-foreground">
        <span className="font-medium text-foreground">{words.count}:</span> {words.detail}
      </p>
      <Button variant="ghost" onClick={discard} aria-disabled={busy || undefined}>
        Discard
      </Button>
      <ServerButton type="submit" variant="primary" busy={busy}>
        Save
      </ServerButton>
    </div>
  );
}
