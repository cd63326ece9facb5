"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { offlineWords, useOffline } from "./shell/use-offline";
import { Button } from "./ui/button";
import { Tooltip } from "./ui/tooltip";

/**
 * A button that asks something of the server: not twice, and not while nothing answers. As the button of a form it
 * holds back Enter in a field, too.
 */
export function ServerButton({
  busy,
  blocked = false,
  icon = null,
  onClick,
  children,
  ...look
}: {
  busy: boolean;
  /** Something is missing; the reason stands in the button or beside it. */
  blocked?: boolean;
  /** Turns into a spinner while it is busy. */
  icon?: ReactNode;
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
} & Omit<ComponentProps<typeof Button>, "asChild" | "aria-disabled" | "disabled" | "onClick">) {
  const offline = useOffline();
  const isHeld = busy || blocked || offline;
  const button = (
    <Button
      {...look}
      aria-disabled={isHeld || undefined}
      onClick={(event) => {
        if (isHeld) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {children}
    </Button>
  );
  return offline ? <Tooltip words={offlineWords}>{button}</Tooltip> : button;
}
