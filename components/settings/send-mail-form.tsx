"use client";

import { type FormEvent, type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "../server-button";
import { Field } from "./field";
import { fieldClass } from "./setting-field";

/** Sends a mail to a typed address, and says what came of it. */
export function SendMailForm({
  label,
  button,
  icon,
  address,
  send,
}: {
  label: string;
  button: string;
  icon?: ReactNode;
  /** Suggested recipient. */
  address: string;
  send: (to: string) => Promise<ActionResult>;
}) {
  const [to, setTo] = useState(address);
  const [busy, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await send(to).catch(
        (): ActionResult => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") toast.error(result.words, options);
      else toast(result.words, options);
    });
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
      <Field label={label} className="min-w-0 flex-1">
        {(control) => (
          <input
            {...control}
            type="email"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            required
            autoComplete="email"
            className={fieldClass}
          />
        )}
      </Field>
      <ServerButton type="submit" className="h-9 max-md:h-11" busy={busy} icon={icon}>
        {button}
      </ServerButton>
    </form>
  );
}
