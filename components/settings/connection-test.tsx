"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { cn } from "../ui/cn";

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
  return (
    <TestResult result={result}>
      <ServerButton onClick={run} busy={busy}>
        {busy ? "Asking" : result ? "Test again" : label}
      </ServerButton>
    </TestResult>
  );
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

/**
 * What a test came to: the headline in words, what to do, then the evidence. It stands there before there is a result,
 * so that the result is read out and its button keeps the focus.
 */
export function TestResult({
  result,
  children,
}: {
  result: ConnectionTestView | null;
  children?: ReactNode;
}) {
  return (
    <div
      data-result={result?.kind}
      className={cn(
        "flex items-center gap-3",
        result && "tinted tinted-edge rounded-md px-4 py-3 max-sm:flex-wrap",
        result && (result.kind === "works" ? "tone-sent" : "tone-failed"),
        !result && !children && "absolute",
      )}
    >
      <div
        role="status"
        className={cn("flex min-w-0 gap-3", result ? "flex-1 max-sm:basis-full" : "absolute")}
      >
        {result ? <Words result={result} /> : null}
      </div>
      {children}
    </div>
  );
}

function Words({ result }: { result: ConnectionTestView }) {
  const works = result.kind === "works";
  const Icon = works ? CircleCheck : CircleX;
  const detail = works ? result.detail : result.remedy;
  const evidence = works ? null : result.evidence;
  return (
    <>
      <Icon aria-hidden className="size-[18px] shrink-0 self-start text-tone !stroke-2" />
      <div className="min-w-0 flex-1">
        <div className="text-sm font-medium break-words">{result.words}</div>
        {detail ? <div className="text-sm break-words text-muted-foreground">{detail}</div> : null}
        {evidence ? (
          <code className="mt-1.5 block font-mono text-xs break-words text-muted-foreground">
            {evidence}
          </code>
        ) : null}
      </div>
    </>
  );
}
