"use client";

import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { useLive } from "./shell/live-connection";
import { Button } from "./ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "./ui/dialog";
import { Tooltip } from "./ui/tooltip";

export type Confirm = {
  /** The question. */
  title: string;
  description?: string;
  /** Repeats the verb and the count. */
  button: string;
  destructive?: boolean;
};

/** Does one thing on the server and says what came of it. Outgoing or irreversible things ask first. */
export function ActionButton({
  action,
  icon,
  label,
  busyLabel,
  confirm,
  variant,
  size,
  className,
  iconOnly = false,
}: {
  action: () => Promise<ActionResult>;
  icon?: ReactNode;
  label: string;
  busyLabel: string;
  confirm?: Confirm;
  iconOnly?: boolean;
} & Pick<ComponentProps<typeof Button>, "variant" | "size" | "className">) {
  const router = useRouter();
  const { status } = useLive();
  const [busy, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);
  const offline = status.kind === "offline";

  const run = () => {
    setAsking(false);
    startTransition(async () => {
      let result: ActionResult;
      try {
        result = await action();
      } catch {
        result = {
          kind: "refused",
          words: "Nothing answered at BingeAlert",
          detail: "It may be restarting. Nothing was changed by this page; try again.",
        };
      }
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "done") toast(result.words, options);
      else toast.error(result.words, options);
      router.refresh();
    });
  };

  const button = (
    <Button
      variant={variant}
      size={size}
      className={className}
      aria-disabled={busy || offline || undefined}
      aria-label={iconOnly ? label : undefined}
      onClick={(event) => {
        event.stopPropagation();
        if (busy || offline) return;
        if (confirm) setAsking(true);
        else run();
      }}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {iconOnly ? null : busy ? busyLabel : label}
    </Button>
  );
  return (
    <>
      {offline ? (
        <Tooltip words="Offline: actions wait until BingeAlert answers">{button}</Tooltip>
      ) : (
        button
      )}
      {confirm ? (
        <Dialog open={asking} onOpenChange={setAsking}>
          <DialogContent title={confirm.title} description={confirm.description}>
            <DialogActions>
              <DialogClose asChild>
                <Button>Keep as it is</Button>
              </DialogClose>
              <Button variant={confirm.destructive ? "destructive" : "primary"} onClick={run}>
                {confirm.button}
              </Button>
            </DialogActions>
          </DialogContent>
        </Dialog>
      ) : null}
    </>
  );
}
