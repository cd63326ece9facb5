"use client";

import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "../server-button";
import { useStep } from "./use-step";

/** Ends a step: does what is left to do, then goes on. */
export function StepButton({
  actions,
  href,
  label = "Continue",
  isReady = true,
}: {
  actions: (() => Promise<ActionResult>)[];
  href: string;
  label?: string;
  /** While it is not, the reason stands beside the button. */
  isReady?: boolean;
}) {
  const { busy, go } = useStep();
  return (
    <ServerButton
      variant={isReady ? "primary" : "secondary"}
      size="large"
      busy={busy}
      blocked={!isReady}
      aria-describedby={isReady ? undefined : "wizard-reason"}
      onClick={() => go(actions, href)}
    >
      {label}
    </ServerButton>
  );
}
