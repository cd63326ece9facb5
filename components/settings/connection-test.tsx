"use client";

import { CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { Button } from "../ui/button";

/** Tries a connection and says in words what came of it. */
export function ConnectionTest({
  test,
  label = "Test",
}: {
  test: () => Promise<ActionResult & { test?: ConnectionTestView }>;
  label?: string;
}) {
  const [result, setResult] = useState<ConnectionTestView | null>(null);
  const [busy, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      setResult(await tried(test));
    });
  const button = (
    <Button onClick={run} aria-disabled={busy || undefined} className="max-md:h-11">
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
      {busy ? "Asking" : result ? "Test again" : label}
    </Button>
  );
  if (!result) return <div>{button}</div>;
  return <TestResult result={result}>{button}</TestResult>;
}

/** What a test came to, also when it could not be asked for. */
export async function tried(
  test: () => Promise<ActionResult & { test?: ConnectionTestView }>,
): Promise<ConnectionTestView> {
  try {
    const answer = await test();
    return answer.test ?? { kind: "failed", words: answer.words, remedy: answer.detail ?? null };
  } catch {
    const words = "Nothing answers at BingeAlert";
    return { kind: "failed", words, remedy: "It may be restarting. Try again." };
  }
}

/** What a test came to: the headline in words, then what to do, or the evidence. */
export function TestResult({
  result,
  children,
}: {
  result: ConnectionTestView;
  children?: ReactNode;
}) {
  const works = result.kind === "works";
  const Icon = works ? CircleCheck : CircleX;
  const detail = works ? result.detail : result.remedy;
  return (
    <div
      role="status"
      className={`${works ? "tone-sent" : "tone-failed"} tinted tinted-edge flex items-center gap-3 rounded-md px-4 py-3 max-sm:flex-wrap`}
    >
      <Icon aria-hidden className="size-[18px] shrink-0 self-start text-tone !stroke-2" />
      <div className="min-w-0 flex-1">
        <div className="text-sm font-medium break-words">{result.words}</div>
        {detail ? <div className="text-sm break-words text-muted-foreground">{detail}</div> : null}
      </div>
      {children}
    </div>
  );
}
