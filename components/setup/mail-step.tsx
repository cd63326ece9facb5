"use client";

import { CircleCheck } from "lucide-react";
import { type FormEvent, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { SettingFieldView } from "@/lib/domain/views/settings";
import { type MailTrialView, mailProviders } from "@/lib/domain/views/setup";
import { ServerButton } from "../server-button";
import { TestResult } from "../settings/connection-test";
import { SettingField } from "../settings/setting-field";
import type { SaveSettings } from "../settings/settings-form";
import { useFieldProblems } from "../settings/use-field-problems";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { StepButton } from "./step-button";
import { WizardFoot } from "./wizard-page";

type TryMail = (input: { to: string }) => Promise<ActionResult & { trial?: MailTrialView }>;

/** The mail server, a test mail, and whether it arrived. */
export function MailStep({
  fields,
  isDone,
  save,
  tryMail,
  confirm,
}: {
  fields: SettingFieldView[];
  isDone: boolean;
  save: SaveSettings;
  tryMail: TryMail;
  confirm: () => Promise<ActionResult>;
}) {
  const [typed, setTyped] = useState<Record<string, string | null>>({});
  const { problems, place, say, forget } = useFieldProblems<HTMLFormElement>();
  const [provider, setProvider] = useState<string | null>(null);
  const [trial, setTrial] = useState<MailTrialView | null>(null);
  const [missing, setMissing] = useState(false);
  const [busy, startTransition] = useTransition();
  const chosen = mailProviders.find(({ key }) => key === provider);
  const shownValue = (field: SettingFieldView) =>
    field.name in typed
      ? (typed[field.name] ?? null)
      : field.type === "secret"
        ? null
        : field.value;

  const choose = (key: string) => {
    setProvider(key);
    const preset = mailProviders.find((one) => one.key === key);
    if (!preset) return;
    const values: Record<string, string> = {
      SMTP_HOST: preset.host,
      SMTP_PORT: preset.port,
      SMTP_SECURITY: preset.security,
    };
    const open = fields.filter(({ name, isLocked }) => name in values && !isLocked);
    setTyped((before) => ({
      ...before,
      ...Object.fromEntries(open.map(({ name }) => [name, values[name] ?? ""])),
    }));
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    startTransition(async () => {
      setTrial(null);
      setMissing(false);
      setTrial(await run());
    });
  };
  const run = async (): Promise<MailTrialView | null> => {
    const wanted = fields.filter(
      (field) => ["SMTP_HOST", "SMTP_FROM"].includes(field.name) && !shownValue(field),
    );
    if (wanted.length > 0) {
      say(wanted.map(({ name }) => ({ name, words: "This is needed" })));
      return null;
    }
    const changed = fields.filter(
      (field) =>
        !field.isLocked &&
        field.name in typed &&
        typed[field.name] !== null &&
        (field.type === "secret" ? typed[field.name] !== "" : typed[field.name] !== field.value),
    );
    try {
      if (changed.length > 0) {
        const saved = await save(
          Object.fromEntries(changed.map(({ name }) => [name, typed[name] ?? ""])),
        );
        say(saved.problems ?? []);
        if (saved.kind === "refused") {
          return { kind: "failed", words: saved.words, remedy: saved.detail ?? null };
        }
      }
      const to = fields.find(({ name }) => name === "ADMIN_EMAIL");
      const answer = await tryMail({ to: (to && shownValue(to)) ?? "" });
      return answer.trial ?? { kind: "failed", words: answer.words, remedy: answer.detail ?? null };
    } catch {
      const remedy = "What you typed is still here. Try again.";
      return { kind: "failed", words: "Nothing answers at BingeAlert", remedy };
    }
  };

  return (
    <>
      <form ref={place} onSubmit={submit}>
        <fieldset className="mb-4">
          <legend className="mb-2 text-sm font-medium">Your provider</legend>
          <div className="flex flex-wrap gap-2">
            {[...mailProviders.map(({ key, name }) => ({ key, name })), other].map(
              ({ key, name }) => (
                <Button
                  key={key}
                  aria-pressed={provider === key}
                  onClick={() => choose(key)}
                  className={provider === key ? "border-foreground" : ""}
                >
                  {name}
                </Button>
              ),
            )}
          </div>
          {chosen ? <p className="mt-2 text-sm text-muted-foreground">{chosen.hint}</p> : null}
        </fieldset>
        <Card className="p-4">
          <div className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            {fields.map((field) => (
              <SettingField
                key={field.name}
                field={field}
                value={shownValue(field)}
                problem={problems[field.name] ?? null}
                onChange={(value) => {
                  setTyped((before) => ({ ...before, [field.name]: value }));
                  forget(field.name);
                }}
              />
            ))}
          </div>
          <div className="mt-5 grid gap-4">
            <TestResult result={trial?.kind === "failed" ? trial : null} />
            <div role="status" className="empty:absolute">
              {trial?.kind === "accepted" ? (
                <div className="tone-sent tinted tinted-edge flex gap-3 rounded-md px-4 py-3">
                  <CircleCheck
                    aria-hidden
                    className="mt-px size-[18px] shrink-0 text-tone !stroke-2"
                  />
                  <div className="min-w-0">
                    <div className="text-sm font-medium">
                      The mail server took it. Did it arrive at {trial.to}?
                    </div>
                    <code className="mt-1 block font-mono text-xs break-words text-muted-foreground">
                      {trial.reply}
                    </code>
                    {missing ? (
                      <p className="mt-2 text-sm text-muted-foreground">
                        Look into the spam folder first. Many servers sort out mails whose sender
                        belongs to somebody else: use an address of your provider as the sender,
                        then send another test.
                      </p>
                    ) : null}
                  </div>
                </div>
              ) : null}
            </div>
            <div className="flex gap-2">
              <ServerButton
                type="submit"
                variant={trial?.kind === "accepted" || isDone ? "secondary" : "primary"}
                busy={busy}
              >
                {busy ? "Sending" : trial ? "Send another test" : "Save and send a test"}
              </ServerButton>
              {trial?.kind === "accepted" && !missing ? (
                <Button variant="ghost" onClick={() => setMissing(true)}>
                  It did not arrive
                </Button>
              ) : null}
            </div>
          </div>
        </Card>
      </form>
      <WizardFoot
        back={{ href: "/setup", name: "Welcome" }}
        reason={isDone || trial?.kind === "accepted" ? null : "A test mail has to leave first"}
      >
        <StepButton
          actions={[confirm]}
          href="/setup/services"
          label={isDone && !trial ? "Continue" : "Yes, it arrived"}
          isReady={(isDone && trial?.kind !== "failed") || trial?.kind === "accepted"}
        />
      </WizardFoot>
    </>
  );
}

const other = { key: "other", name: "Another server" };
