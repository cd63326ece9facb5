"use client";

import { type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { Card, CardHead } from "../ui/card";
import { ConnectionTest } from "./connection-test";
import { fieldClass } from "./setting-field";

/** Tries the mail server as it is saved, and sends a mail to see what arrives. */
export function TestMailCard({
  test,
  send,
  address,
}: {
  test: () => Promise<ActionResult & { test?: ConnectionTestView }>;
  send: (input: { to: string }) => Promise<ActionResult>;
  /** Suggested recipient. */
  address: string;
}) {
  const [to, setTo] = useState(address);
  const [busy, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await send({ to });
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") toast.error(result.words, options);
      else toast(result.words, options);
    });
  };
  return (
    <Card>
      <CardHead title="Try it" />
      <div className="grid gap-4 p-4">
        <ConnectionTest test={test} label="Test the connection" />
        <form
          onSubmit={submit}
          className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch"
        >
          <label className="min-w-0 flex-1">
            <span className="mb-1.5 block text-sm font-medium">Send a test mail to</span>
            <input
              type="email"
              value={to}
              onChange={(event) => setTo(event.target.value)}
              required
              autoComplete="email"
              className={fieldClass}
            />
          </label>
          <ServerButton type="submit" className="h-9 max-md:h-11" busy={busy}>
            Send test mail
          </ServerButton>
        </form>
      </div>
    </Card>
  );
}
