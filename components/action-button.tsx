"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { ServerButton } from "./server-button";
import { Button } from "./ui/button";
import { Dialog, DialogActions, DialogClose, DialogContent } from "./ui/dialog";

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
  const [busy, startTransition] = useTransition();
  const [asking, setAsking] = useState(false);

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

  return (
    <>
      <ServerButton
        variant={variant}
        size={size}
        className={className}
        busy={busy}
        icon={icon}
        aria-label={iconOnly ? label : undefined}
        onClick={(event) => {
          event.stopPropagation();
          if (confirm) setAsking(true);
          else run();
        }}
      >
        {iconOnly ? null : busy ? busyLabel : label}
      </ServerButton>
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
