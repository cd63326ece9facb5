"use client";

import { Toaster as Sonner } from "sonner";

/** Results of an action: bottom right, on phones above the bar. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      offset={20}
      mobileOffset={{ bottom: "calc(var(--bottombar-height) + 12px)" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-md bg-popover px-3.5 py-3 text-sm text-popover-foreground shadow-overlay font-sans",
          description: "text-muted-foreground",
          actionButton: "ml-auto shrink-0 font-medium text-primary-text",
        },
      }}
    />
  );
}
