"use client";

import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "../server-button";
import { fieldClass } from "../settings/setting-field";
import { Button } from "../ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "../ui/dialog";

/** Restoring in three steps: what the file is, what will change, and a word typed to say it is meant. */
export function RestoreDialog({
  made,
  check,
  action,
}: {
  /** When and how it was made, in words. */
  made: string;
  /** What reading it whole came to, in words. */
  check: string;
  action: (typed: string) => Promise<ActionResult>;
}) {
  const router = useRouter();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [busy, startTransition] = useTransition();
  const isMeant = typed.trim().toLowerCase() === "restore";
  const run = () => {
    if (!isMeant || busy) return;
    startTransition(async () => {
      const result = await action("restore").catch(
        (): ActionResult => ({ kind: "refused", words: "Nothing answers at BingeAlert" }),
      );
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "done") toast(result.words, options);
      else toast.error(result.words, options);
      setOpen(false);
      setTyped("");
      router.refresh();
    });
  };
  return (
    <>
      <ServerButton
        size="row"
        busy={busy}
        icon={<History aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Restore
      </ServerButton>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title="Go back to this backup?" description={made}>
          <ol className="grid list-decimal gap-2.5 py-1 pr-5 pl-9 pt-4 text-sm">
            <li>{check} It is read whole once more before anything happens.</li>
            <li>
              Requests, people, mails and settings become those of the backup. What is there now is
              backed up first. Who was told what, who unsubscribed and who may sign in stays.
            </li>
            <li>
              <strong className="font-medium">No mail will be sent.</strong> Mails that were under
              way in the backup are put on hold; what came since is marked as known, and you can
              release it here.
            </li>
          </ol>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              run();
            }}
            className="px-5 pt-3"
          >
            <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
              Type “restore” to go on
            </label>
            <input
              id={id}
              className={fieldClass}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </form>
          <DialogActions>
            <DialogClose asChild>
              <Button>Keep what is there</Button>
            </DialogClose>
            <Button variant="destructive" disabled={!isMeant || busy} onClick={run}>
              {busy ? "Starting" : "Restore this backup"}
            </Button>
          </DialogActions>
        </DialogContent>
      </Dialog>
    </>
  );
}
