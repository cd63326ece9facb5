"use client";

import { Webhook } from "lucide-react";
import { useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView, WebhookInstallView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { TestResult } from "./connection-test";

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
  const isOccupied = result?.kind === "occupied";
  return (
    <TestResult result={result && shown(result)}>
      <ServerButton
        onClick={() => run(isOccupied)}
        busy={busy}
        icon={<Webhook aria-hidden />}
        aria-label={
          isOccupied
            ? `Replace the webhook in ${name}`
            : `${result ? "Install again" : "Install webhook"} in ${name}`
        }
      >
        {busy
          ? "Installing"
          : isOccupied
            ? "Replace it"
            : result
              ? "Install again"
              : "Install webhook"}
      </ServerButton>
    </TestResult>
  );
}

function shown(result: WebhookInstallView): ConnectionTestView {
  return result.kind === "proven"
    ? { kind: "works", words: result.words, detail: result.detail }
    : { kind: "failed", words: result.words, remedy: result.remedy };
}
