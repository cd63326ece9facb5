"use client";

import { Wrench } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";

type Rehearsal =
  | { kind: "done"; wouldFix: boolean; steps: string[] }
  | Extract<ActionResult, { kind: "refused" }>;

/** Begins a repair, after it was shown step by step what that would do. */
export function FixButton({
  title,
  isAgain,
  rehearse,
  fix,
}: {
  title: string;
  /** A repair was made before; waiting for it is the main thing. */
  isAgain: boolean;
  rehearse: () => Promise<Rehearsal>;
  fix: () => Promise<ActionResult>;
}) {
  const router = useRouter();
  const [shown, setShown] = useState<{ wouldFix: boolean; steps: string[] } | null>(null);
  const [busy, startTransition] = useTransition();

  const say = (result: ActionResult) => {
    const options = result.detail ? { description: result.detail } : {};
    if (result.kind === "done") toast(result.words, options);
    else toast.error(result.words, options);
  };
  const ask = () => {
    startTransition(async () => {
      const answer = await attempt(rehearse);
      if (answer.kind === "refused") say(answer);
      else setShown(answer);
    });
  };
  const begin = () => {
    setShown(null);
    startTransition(async () => {
      say(await attempt(fix));
      router.refresh();
    });
  };
  return (
    <>
      <ServerButton
        variant={isAgain ? "secondary" : "primary"}
        busy={busy}
        icon={<Wrench aria-hidden />}
        onClick={ask}
      >
        {busy ? "Looking" : isAgain ? "Fix again" : "Fix"}
      </ServerButton>
      <Dialog open={shown !== null} onOpenChange={(open) => (open ? undefined : setShown(null))}>
        {shown ? (
          <DialogContent
            title={shown.wouldFix ? `Repair ${title}?` : "A repair is not possible now"}
            description={shown.wouldFix ? "This is what happens:" : undefined}
          >
            <ol className="mt-3 flex list-none flex-col gap-2 overflow-y-auto px-5 text-sm">
              {shown.steps.map((step, index) => (
                <li key={step} className="flex gap-2">
                  {shown.wouldFix ? (
                    <span aria-hidden className="num w-3 shrink-0 text-subtle-foreground">
                      {index + 1}
                    </span>
                  ) : null}
                  <span className="min-w-0 break-words">{step}</span>
                </li>
              ))}
            </ol>
            <DialogActions>
              <DialogClose asChild>
                <Button>{shown.wouldFix ? "Keep as it is" : "Close"}</Button>
              </DialogClose>
              {shown.wouldFix ? (
                <Button variant="primary" onClick={begin}>
                  Begin the repair
                </Button>
              ) : null}
            </DialogActions>
          </DialogContent>
        ) : null}
      </Dialog>
    </>
  );
}

async function attempt<T>(
  work: () => Promise<T>,
): Promise<T | Extract<ActionResult, { kind: "refused" }>> {
  try {
    return await work();
  } catch {
    return {
      kind: "refused",
      words: "Nothing answered at BingeAlert",
      detail: "It may be restarting. Nothing was changed by this page; try again.",
    };
  }
}
