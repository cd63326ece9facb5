"use client";

import { OctagonX } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { Notice } from "../notice";
import { ServerButton } from "../server-button";
import { Field } from "../settings/field";
import { fieldClass } from "../settings/setting-field";

/** Asks for the token of the log, from whoever is not on the machine itself. */
export function TokenForm({ show }: { show: (token: string) => Promise<ActionResult> }) {
  const router = useRouter();
  const [token, setToken] = useState("");
  const [refusal, setRefusal] = useState<ActionResult | null>(null);
  const [busy, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    startTransition(async () => {
      const result = await show(token).catch(
        (): ActionResult => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      if (result.kind === "refused") setRefusal(result);
      else router.refresh();
    });
  };
  return (
    <form onSubmit={submit} className="grid max-w-[420px] gap-4">
      <div aria-live="polite" className="empty:hidden">
        {refusal ? (
          <Notice tone="failed" icon={OctagonX} title={refusal.words}>
            {refusal.detail}
          </Notice>
        ) : null}
      </div>
      <Field
        label="Token"
        help={
          <>
            It stands in the log: <code className="font-mono">docker logs bingealert</code>, or
            where BingeAlert was started. Each start writes a new one.
          </>
        }
      >
        {(control) => (
          <input
            {...control}
            value={token}
            onChange={(event) => setToken(event.target.value)}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="XXXXX-XXXXX-XXXXX-XXXXX"
            className={`${fieldClass} h-10 font-mono`}
          />
        )}
      </Field>
      <div>
        <ServerButton type="submit" variant="primary" size="large" busy={busy}>
          Go on
        </ServerButton>
      </div>
    </form>
  );
}
