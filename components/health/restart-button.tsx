"use client";

import { Power } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { toast } from "sonner";
import { below } from "@/lib/base-path";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { RestartedPart, StandingView } from "@/lib/domain/views/health";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";

const LOOK_EVERY_MS = 700;
const PATIENCE_MS = 60_000;

/** Starts the processes anew after a question, and waits until they are back. `?ask=restart` brings the question up. */
export function RestartButton({
  parts,
  restart,
  className,
}: {
  /** Empty where BingeAlert cannot restart itself: then nothing is offered. */
  parts: RestartedPart[];
  restart: () => Promise<ActionResult>;
  className?: string;
}) {
  const router = useRouter();
  const isAsked = useSearchParams().get("ask") === "restart";
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    setAsking(true);
    router.replace("/system", { scroll: false });
  }, [isAsked, router]);
  if (parts.length === 0) return null;

  const run = async () => {
    setAsking(false);
    setBusy(true);
    try {
      const before = await readStanding();
      const result = await restart();
      if (result.kind === "refused") {
        toast.error(result.words, result.detail ? { description: result.detail } : {});
      } else if (before && (await isBack(before, parts))) {
        toast("BingeAlert is back");
        router.refresh();
      } else {
        toast.error("BingeAlert does not answer yet", {
          description: "Its log says why. This page comes back as soon as it answers.",
        });
      }
    } catch {
      toast.error("Nothing answered at BingeAlert", { description: "Nothing was restarted." });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ServerButton
        size="row"
        className={className}
        busy={busy}
        icon={<Power aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {busy ? "Restarting" : "Restart"}
      </ServerButton>
      <Dialog open={asking} onOpenChange={setAsking}>
        <DialogContent title="Restart BingeAlert?" description={what(parts)}>
          <DialogActions>
            <DialogClose asChild>
              <Button>Keep it running</Button>
            </DialogClose>
            <Button variant="primary" onClick={run}>
              Restart
            </Button>
          </DialogActions>
        </DialogContent>
      </Dialog>
    </>
  );
}

function what(parts: RestartedPart[]): string {
  const rest =
    "What webhooks report in these seconds is looked up afterwards; no mail is lost or sent twice.";
  return parts.includes("worker")
    ? `The pages and the worker on this server end what they are at and start anew, in a few seconds. The database keeps running. ${rest}`
    : `Only the pages on this server start anew, in a few seconds: workers on other servers go on. ${rest}`;
}

async function readStanding(): Promise<StandingView | null> {
  try {
    const answer = await fetch(below("/system/standing"), { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? ((await answer.json()) as StandingView) : null;
  } catch {
    return null;
  }
}

/** Waits until processes that began after `before` answer. */
async function isBack(before: StandingView, parts: RestartedPart[]): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const standing = await readStanding();
    if (!standing || standing.webSince <= before.now) continue;
    if (!parts.includes("worker")) return true;
    if (standing.workersSince.some((since) => since > before.now)) return true;
  }
  return false;
}
