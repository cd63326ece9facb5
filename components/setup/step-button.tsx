"use client";

import { LoaderCircle } from "lucide-react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { Button } from "../ui/button";
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
    <Button
      variant={isReady ? "primary" : "secondary"}
      size="large"
      aria-disabled={!isReady || busy || undefined}
      aria-describedby={isReady ? undefined : "wizard-reason"}
      onClick={() => {
        if (isReady) go(actions, href);
      }}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {label}
    </Button>
  );
}
