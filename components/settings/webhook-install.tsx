"use client";

import { CircleCheck, CircleX, LoaderCircle, Webhook } from "lucide-react";
import { useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { WebhookInstallView } from "@/lib/domain/views/settings";
import { Button } from "../ui/button";

export type InstallWebhook = (input: {
  key: string;
  base: string;
  replace: boolean;
}) => Promise<ActionResult & { install?: WebhookInstallView }>;

/** Writes the webhook into one service and shows whether it called back. */
export function WebhookInstall({
  service,
  name,
  base,
  install,
  onProven,
}: {
  /** `seerr` or an instance's key. */
  service: string;
  name: string;
  /** The address at which the service reaches us. */
  base: string;
  install: InstallWebhook;
  onProven?: () => void;
}) {
  const [result, setResult] = useState<WebhookInstallView | null>(null);
  const [busy, startTransition] = useTransition();
  const run = (replace: boolean) => {
    if (busy) return;
    startTransition(async () => {
      try {
        const answer = await install({ key: service, base, replace });
        const found = answer.install ?? {
          kind: "refused" as const,
          words: answer.words,
          remedy: answer.detail ?? null,
        };
        setResult(found);
        if (found.kind === "proven") onProven?.();
      } catch {
        const words = "Nothing answers at BingeAlert";
        setResult({ kind: "refused", words, remedy: "It may be restarting. Try again." });
      }
    });
  };
  const button = (
    <Button
      onClick={() => run(false)}
      aria-disabled={busy || undefined}
      aria-label={`${result ? "Install again" : "Install webhook"} in ${name}`}
      className="max-md:h-11"
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : <Webhook aria-hidden />}
      {busy ? "Installing" : result ? "Install again" : "Install webhook"}
    </Button>
  );
  if (!result) return <div>{button}</div>;
  const proven = result.kind === "proven";
  const Icon = proven ? CircleCheck : CircleX;
  const detail = proven ? result.detail : result.remedy;
  return (
    <div
      role="status"
      className={`${proven ? "tone-sent" : "tone-failed"} tinted tinted-edge flex items-center gap-3 rounded-md px-4 py-3 max-sm:flex-wrap`}
    >
      <Icon aria-hidden className="size-[18px] shrink-0 self-start text-tone !stroke-2" />
      <div className="min-w-0 flex-1">
        <div className="text-sm font-medium break-words">{result.words}</div>
        {detail ? <div className="text-sm break-words text-muted-foreground">{detail}</div> : null}
      </div>
      {result.kind === "occupied" ? (
        <Button onClick={() => run(true)} aria-disabled={busy || undefined} className="max-md:h-11">
          {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
          Replace it
        </Button>
      ) : (
        button
      )}
    </div>
  );
}
