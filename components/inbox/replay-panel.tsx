"use client";

import { FlaskConical, RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { DryRunView } from "@/lib/domain/views/inbox";
import { Notice } from "../notice";
import { ServerButton } from "../server-button";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";

type DryRunAnswer =
  | { kind: "done"; view: DryRunView }
  | { kind: "refused"; words: string; detail?: string };

/** Dry run and replay of one event; a replay asks only if it would send something. */
export function ReplayPanel({
  heading,
  dryRun,
  replay,
}: {
  heading: ReactNode;
  dryRun: () => Promise<DryRunAnswer>;
  replay: () => Promise<ActionResult>;
}) {
  const router = useRouter();
  const [shown, setShown] = useState<DryRunView | null>(null);
  const [asking, setAsking] = useState<DryRunView | null>(null);
  const [doing, setDoing] = useState<"dry" | "replay" | null>(null);
  const [busy, startTransition] = useTransition();

  const rehearse = async (): Promise<DryRunView | null> => {
    const answer = await dryRun();
    if (answer.kind === "done") return answer.view;
    toast.error(answer.words, answer.detail ? { description: answer.detail } : {});
    return null;
  };
  const run = () => {
    setAsking(null);
    startTransition(async () => {
      const result = await replay();
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "done") toast(result.words, options);
      else toast.error(result.words, options);
      router.refresh();
    });
  };
  const onDryRun = () => {
    setDoing("dry");
    startTransition(async () => setShown(await rehearse()));
  };
  const onReplay = () => {
    setDoing("replay");
    startTransition(async () => {
      const view = await rehearse();
      if (!view) return;
      if (view.wouldSend) setAsking(view);
      else run();
    });
  };
  return (
    <>
      <div className="flex items-start gap-6 max-md:flex-col max-md:gap-3">
        <div className="min-w-0 flex-1">{heading}</div>
        <div className="flex gap-2">
          <ServerButton
            busy={busy && doing === "dry"}
            blocked={busy}
            icon={<FlaskConical aria-hidden />}
            onClick={onDryRun}
          >
            Dry run
          </ServerButton>
          <ServerButton
            busy={busy && doing === "replay"}
            blocked={busy}
            icon={<RotateCcw aria-hidden />}
            onClick={onReplay}
          >
            Replay
          </ServerButton>
        </div>
      </div>
      {shown ? (
        <div className="mt-[18px]">
          <Notice
            tone={shown.wouldSend ? "sending" : "sent"}
            icon={FlaskConical}
            title={dryRunTitle(shown)}
          >
            <DryRunWords view={shown} />
          </Notice>
        </div>
      ) : null}
      <Dialog open={asking !== null} onOpenChange={(open) => (open ? undefined : setAsking(null))}>
        {asking ? (
          <DialogContent
            title="Replay this and plan mails?"
            description={asking.effects.map(effectWords).join(" ")}
          >
            <DialogActions>
              <DialogClose asChild>
                <Button>Do not replay</Button>
              </DialogClose>
              <Button variant="primary" onClick={run}>
                Replay
              </Button>
            </DialogActions>
          </DialogContent>
        ) : null}
      </Dialog>
    </>
  );
}

function dryRunTitle(view: DryRunView): string {
  if (view.headline) return `Dry run: replaying this now ${view.headline}`;
  return view.wouldSend
    ? "Dry run: replaying this now would plan mails"
    : "Dry run: replaying this now would send nothing";
}

function DryRunWords({ view }: { view: DryRunView }) {
  if (view.effects.length === 0) return <p>{view.reason ?? "No mail and no job."}</p>;
  return (
    <ul>
      {view.effects.map((effect) => (
        <li key={`${effect.words}${effect.detail}`}>{effectWords(effect)}</li>
      ))}
    </ul>
  );
}

const effectWords = (effect: { words: string; detail: string | null }) =>
  effect.detail ? `${effect.words}: ${effect.detail}.` : `${effect.words}.`;
