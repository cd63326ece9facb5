"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";

/** Does what ends a step and goes on; says why not when it is refused. */
export function useStep(): {
  busy: boolean;
  go: (actions: (() => Promise<ActionResult>)[], href: string) => void;
} {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  return {
    busy,
    go: (actions, href) => {
      if (busy) return;
      startTransition(async () => {
        for (const action of actions) {
          const result = await action().catch(
            (): ActionResult => ({
              kind: "refused",
              words: "Nothing answers at BingeAlert",
              detail: "What was saved stays. Try again.",
            }),
          );
          if (result.kind === "refused") {
            toast.error(result.words, result.detail ? { description: result.detail } : {});
            return;
          }
        }
        router.push(href);
      });
    },
  };
}
