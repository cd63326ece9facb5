"use client";

import { Send } from "lucide-react";
import { useEffect, useState } from "react";
import { below } from "@/lib/base-path";
import { type Language, languages } from "@/lib/domain/language";
import type { MailLook, SampleChoice } from "@/lib/domain/mail-samples";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { AppearanceView, MailSampleView } from "@/lib/domain/views/appearance";
import { Card, CardHead } from "../ui/card";
import { cn } from "../ui/cn";
import { Field } from "./field";
import { SendMailForm } from "./send-mail-form";
import { fieldClass } from "./setting-field";

type Trial = { choice: SampleChoice; look: MailLook };
export type SampleActions = {
  describe: (input: Trial) => Promise<ActionResult & { sample?: MailSampleView }>;
  send: (input: Trial & { to: string }) => Promise<ActionResult>;
};

/** Typing pauses this long before a mail is drawn anew. */
const pauseMs = 300;

/** Every kind of mail with what is typed above: light, dark, desktop, phone, text; and sent to oneself. */
export function MailSamples({
  view,
  values,
  describe,
  send,
}: SampleActions & { view: AppearanceView; values: Record<string, string> }) {
  const [choice, setChoice] = useState<SampleChoice>({
    kind: "episodes_available",
    notificationId: null,
  });
  const [scheme, setScheme] = useState<"light" | "dark">("light");
  const [width, setWidth] = useState<"desktop" | "phone">("desktop");
  const [part, setPart] = useState<"html" | "text">("html");
  const name = useSettled(values.MAIL_SERVER_NAME ?? "");
  const accent = useSettled(values.MAIL_ACCENT_COLOR ?? "");
  const logo = useSettled(values.MAIL_LOGO_URL ?? "");
  const language = languages.find((one) => one === values.MAIL_LANGUAGE) ?? "en";
  const look = { name, accent, logo, language };
  const sample = useSample({ choice, ...look, describe });
  const kind = view.kinds.find((one) => one.kind === choice.kind);
  const query = new URLSearchParams({
    kind: choice.kind,
    look: scheme,
    name,
    accent,
    logo,
    language,
  });
  if (choice.notificationId) query.set("notification", String(choice.notificationId));
  // Another logo is another address, so that the frame is drawn anew.
  query.set("with", String(view.logo?.length ?? 0));
  return (
    <Card>
      <CardHead title="Preview" />
      <div className="grid gap-3 p-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Choice
            label="Mail"
            value={choice.kind}
            onChange={(value) => {
              const next = view.kinds.find((one) => one.kind === value);
              if (next) setChoice({ kind: next.kind, notificationId: null });
            }}
          >
            {(["users", "admin"] as const).map((reader) => (
              <optgroup key={reader} label={reader === "users" ? "To your people" : "To you"}>
                {view.kinds
                  .filter((one) => one.reader === reader)
                  .map((one) => (
                    <option key={one.kind} value={one.kind}>
                      {one.words}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Choice>
          <Choice
            label="Made from"
            value={choice.notificationId ? String(choice.notificationId) : ""}
            onChange={(value) =>
              setChoice({ ...choice, notificationId: value === "" ? null : Number(value) })
            }
          >
            <option value="">An invented example</option>
            {kind?.past.map((mail) => (
              <option key={mail.notificationId} value={mail.notificationId}>
                {mail.subject}
              </option>
            ))}
          </Choice>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Switch
            label="Colours"
            value={scheme}
            onChange={setScheme}
            choices={{ light: "Light", dark: "Dark" }}
          />
          <Switch
            label="Width"
            value={width}
            onChange={setWidth}
            choices={{ desktop: "Desktop", phone: "Phone" }}
          />
          <Switch
            label="Part"
            value={part}
            onChange={setPart}
            choices={{ html: "HTML", text: "Text" }}
          />
        </div>
        <dl
          className="grid min-h-[66px] grid-cols-[84px_minmax(0,1fr)] gap-y-1 text-sm"
          aria-live="polite"
        >
          <dt className="text-subtle-foreground">Subject</dt>
          <dd className="font-medium break-words">
            {sample.view?.subject ?? sample.problem ?? ""}
          </dd>
          <dt className="text-subtle-foreground">Beside it</dt>
          <dd className="truncate text-muted-foreground" title={sample.view?.preheader}>
            {sample.view?.preheader}
          </dd>
          <dt className="text-subtle-foreground">Size</dt>
          <dd className="num text-muted-foreground">
            {sample.view ? `${sample.view.kilobytes} kB` : ""}
          </dd>
        </dl>
        <div className="h-[680px] overflow-hidden rounded-[10px] border border-border-strong bg-sunken">
          {part === "html" ? (
            <iframe
              title="Preview of the mail"
              src={below(`/settings/appearance/preview?${query}`)}
              sandbox=""
              className={cn(
                "mx-auto block h-full w-full",
                width === "phone" && "max-w-[390px] border-x border-border",
              )}
            />
          ) : (
            <pre className="h-full overflow-y-auto bg-card p-4 font-mono text-[12.5px]/5 break-words whitespace-pre-wrap">
              {sample.view?.text}
            </pre>
          )}
        </div>
        <SendMailForm
          label="Send this sample to"
          button="Send sample"
          icon={<Send aria-hidden />}
          address={view.adminAddress}
          send={(to) => send({ to, choice, look: lookOf(look) })}
        />
      </div>
    </Card>
  );
}

type Tried = { name: string; accent: string; logo: string; language: Language };

const lookOf = ({ name, accent, logo, language }: Tried): MailLook => ({
  MAIL_SERVER_NAME: name,
  MAIL_ACCENT_COLOR: accent,
  MAIL_LOGO_URL: logo,
  MAIL_LANGUAGE: language,
});

/** A value once it has stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function useSample({
  choice,
  name,
  accent,
  logo,
  language,
  describe,
}: Tried & { choice: SampleChoice; describe: SampleActions["describe"] }): {
  view: MailSampleView | null;
  problem: string | null;
} {
  const [found, setFound] = useState<{ view: MailSampleView | null; problem: string | null }>({
    view: null,
    problem: null,
  });
  useEffect(() => {
    let isOver = false;
    const nothing: ActionResult = { kind: "refused", words: "Nothing answers at BingeAlert" };
    void describe({ choice, look: lookOf({ name, accent, logo, language }) })
      .catch((): Awaited<ReturnType<typeof describe>> => nothing)
      .then((result) => {
        if (isOver) return;
        const view = result.sample ?? null;
        setFound({ view, problem: view ? null : result.words });
      });
    return () => {
      isOver = true;
    };
  }, [choice, name, accent, logo, language, describe]);
  return found;
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: React.ReactNode;
}) {
  return (
    <Field label={label} className="min-w-0">
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={fieldClass}
        >
          {children}
        </select>
      )}
    </Field>
  );
}

/** Two ways to see the same thing. */
function Switch<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  label: string;
  value: Value;
  choices: Record<Value, string>;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="inline-flex rounded-sm bg-muted p-0.5 text-sm">
      <legend className="sr-only">{label}</legend>
      {(Object.entries(choices) as [Value, string][]).map(([key, words]) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === value}
          onClick={() => onChange(key)}
          className={cn(
            "flex h-[26px] items-center rounded-xs px-2.5 text-muted-foreground transition-colors duration-fast hover:text-foreground max-md:h-10 max-md:px-3.5",
            key === value &&
              "bg-card font-medium text-foreground shadow-[0_1px_2px_oklch(0_0_0/0.18)]",
          )}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}
