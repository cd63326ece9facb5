"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = Primitive.Provider;

/** A word on hover and focus; never the only place of something one must know. */
export function Tooltip({
  words,
  side = "top",
  children,
}: {
  words: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  children: ReactNode;
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 rounded-sm bg-popover px-2 py-1 text-xs text-popover-foreground shadow-overlay"
        >
          {words}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
