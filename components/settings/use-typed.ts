"use client";

import { useRouter } from "next/navigation";
import { startTransition, useState } from "react";

type Typed = Record<string, string | null>;

/** What is typed into fields and not saved yet, by their names. */
export function useTyped(): {
  typed: Typed;
  type: (name: string, value: string | null) => void;
  discard: () => void;
  /** Reads the page again and lets go of what was saved; what was typed meanwhile stays. */
  settle: (saved: Record<string, string>) => void;
} {
  const router = useRouter();
  const [typed, setTyped] = useState<Typed>({});
  return {
    typed,
    type: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
    discard: () => setTyped({}),
    settle: (saved) =>
      // In one step, or the fields would show for a moment what they were before.
      startTransition(() => {
        router.refresh();
        setTyped((now) => Object.fromEntries(Object.entries(now).filter(isNot(saved))));
      }),
  };
}

const isNot =
  (saved: Record<string, string>) =>
  ([name, text]: [string, string | null]) =>
    !(name in saved) || (text ?? "") !== saved[name];
