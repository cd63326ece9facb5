"use client";

import { Lock } from "lucide-react";
import { type FormEvent, useId, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult, OnceShown } from "@/lib/domain/views/action-result";
import type { SecurityField } from "@/lib/domain/views/security";
import { CopyButton } from "../copy-button";
import { ServerButton } from "../server-button";
import { Field } from "../settings/field";
import { fieldClass } from "../settings/setting-field";
import { useTyped } from "../settings/use-typed";
import { cn } from "../ui/cn";

export type PlainField = {
  name: string;
  label: string;
  help?: string;
  type: "text" | "password";
  autoComplete: string;
};

type Result = ActionResult & OnceShown;

/** Settings, or plain fields, that are sent together; says what came of it, and shows a new secret once. */
export function FieldsForm({
  settings = [],
  fields = [],
  choice,
  action,
  button,
}: {
  settings?: SecurityField[];
  fields?: PlainField[];
  choice?: { name: string; label: string; options: { value: string; label: string }[] };
  action: (input: Record<string, string>) => Promise<Result>;
  button: string;
}) {
  const { typed, type, settle } = useTyped();
  const [busy, startTransition] = useTransition();
  const [once, setOnce] = useState<string | null>(null);
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const input: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) {
      const secret = settings.some((setting) => setting.name === name && setting.isSecret);
      // An empty secret field keeps what is set.
      if (typeof value === "string" && !(secret && value === "")) input[name] = value;
    }
    startTransition(async () => {
      const result = await action(input).catch(
        (): Result => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") {
        toast.error(result.words, options);
        return;
      }
      toast(result.words, options);
      setOnce(result.once ?? null);
      if (fields.length > 0) form.reset();
      settle(input);
    });
  };
  const locked = settings.length > 0 && settings.every((setting) => setting.isLocked);
  return (
    <form onSubmit={submit} className="grid gap-4">
      {settings.map((setting) => (
        <SettingField
          key={setting.name}
          id={id}
          setting={setting}
          value={typed[setting.name] ?? setting.value}
          onType={(value) => type(setting.name, value)}
        />
      ))}
      {fields.map((plain) => (
        <Field key={plain.name} label={plain.label} help={plain.help}>
          {(control) => (
            <input
              {...control}
              name={plain.name}
              type={plain.type}
              autoComplete={plain.autoComplete}
              required
              className={fieldClass}
            />
          )}
        </Field>
      ))}
      {choice ? (
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">{choice.label}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {choice.options.map((option, index) => (
              <label key={option.value} className="flex items-center gap-2 text-sm max-md:min-h-11">
                <input
                  type="radio"
                  name={choice.name}
                  value={option.value}
                  defaultChecked={index === 0}
                  className="size-4 accent-(--primary)"
                />
                {option.label}
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {once ? <ShownOnce secret={once} /> : null}
      {locked ? null : (
        <div>
          <ServerButton type="submit" busy={busy}>
            {button}
          </ServerButton>
        </div>
      )}
    </form>
  );
}

function SettingField({
  id,
  setting,
  value,
  onType,
}: {
  id: string;
  setting: SecurityField;
  value: string;
  onType: (value: string) => void;
}) {
  const own = `${id}-${setting.name}`;
  return (
    <div>
      <div className="mb-1.5 flex items-baseline gap-3">
        <label htmlFor={own} className="text-sm font-medium">
          {setting.label}
        </label>
        {setting.isLocked ? (
          <span className="ml-auto inline-flex items-center gap-1.5 text-xs text-muted-foreground">
            <Lock aria-hidden className="size-3" />
            Set by the environment
          </span>
        ) : null}
      </div>
      <div className="relative">
        <input
          id={own}
          name={setting.name}
          type={setting.isSecret ? "password" : "text"}
          autoComplete={setting.isSecret ? "new-password" : "off"}
          spellCheck={false}
          value={value}
          onChange={(event) => onType(event.target.value)}
          placeholder={setting.secretHint ?? undefined}
          disabled={setting.isLocked}
          aria-describedby={`${own}-help`}
          className={cn(fieldClass, setting.unit && "pr-20")}
        />
        {setting.unit ? (
          <span className="pointer-events-none absolute inset-y-0 right-3 grid place-items-center text-sm text-muted-foreground">
            {setting.unit}
          </span>
        ) : null}
      </div>
      <Help id={`${own}-help`}>
        {setting.isLocked ? (
          <>
            Change <code className="font-mono">{setting.name}</code> where BingeAlert is started.
          </>
        ) : (
          setting.help
        )}
      </Help>
    </div>
  );
}

function Help({ id, children }: { id?: string; children: React.ReactNode }) {
  return (
    <p id={id} className="mt-1.5 text-xs/[18px] text-pretty text-muted-foreground">
      {children}
    </p>
  );
}

/** A secret just made, with the only chance to copy it. */
export function ShownOnce({ secret }: { secret: string }) {
  return (
    <div role="status" className="tone-sent tinted tinted-edge rounded-md px-4 py-3">
      <div className="text-sm font-medium">Copy it now: it is not shown again</div>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <code className="font-mono text-sm break-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
    </div>
  );
}
