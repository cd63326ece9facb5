"use client";

import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;
export const SheetClose = Primitive.Close;

/** Rises from the bottom edge of a phone. */
export function SheetContent({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in-0" />
      <Primitive.Content
        aria-describedby={undefined}
        className="fixed inset-x-0 bottom-0 z-50 rounded-t-xl bg-popover px-3 pt-4 pb-[calc(16px+env(safe-area-inset-bottom))] shadow-overlay duration-medium data-[state=open]:animate-in data-[state=open]:slide-in-from-bottom-4"
      >
        <Primitive.Title className="px-3 pb-2 text-xs text-subtle-foreground">
          {title}
        </Primitive.Title>
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
