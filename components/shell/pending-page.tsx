"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { placeOf } from "@/lib/base-path";
import { PageSkeleton } from "./page-skeleton";

/** A page that is there sooner needs no stand-in. */
const SHOWN_AFTER_MS = 150;
/** A link that leads nowhere, or out of the dashboard, must not cover the page for good. */
const GIVEN_UP_AFTER_MS = 15_000;

/**
 * Stands in for the page that was asked for by a link when it takes longer than a moment. The page before stays below
 * it, so a missing one still answers 404 and nothing is blanked when the server is gone.
 */
export function PendingPage() {
  const path = usePathname();
  const [asked, setAsked] = useState<{ path: string; from: string } | null>(null);

  useEffect(() => {
    let timers: ReturnType<typeof setTimeout>[] = [];
    const forget = () => {
      for (const timer of timers) clearTimeout(timer);
      timers = [];
    };
    const onClick = (event: MouseEvent) => {
      const next = pathAskedBy(event);
      if (next === null) return;
      forget();
      const from = placeHere();
      timers = [
        setTimeout(() => {
          if (placeHere() === from) setAsked({ path: next, from });
        }, SHOWN_AFTER_MS),
        setTimeout(() => setAsked(null), GIVEN_UP_AFTER_MS),
      ];
    };
    // Back and Forward change their mind about what was asked for, perhaps before it was there.
    const onPopState = () => {
      forget();
      setAsked(null);
    };
    document.addEventListener("click", onClick);
    window.addEventListener("popstate", onPopState);
    return () => {
      forget();
      window.removeEventListener("popstate", onPopState);
      document.removeEventListener("click", onClick);
    };
  }, []);

  // Once the address has changed, the page asked for is there; whoever comes back must not find it asked for still.
  useEffect(() => setAsked((was) => (was?.from === path ? was : null)), [path]);
  return asked && asked.from === path ? <PageSkeleton path={asked.path} /> : null;
}

/** The path of another page of ours that a click leads to in this window; null for every other click. */
function pathAskedBy(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return null;
  }
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.hasAttribute("download")) return null;
  const { origin, pathname } = new URL(link.href, window.location.href);
  const place = placeOf(pathname);
  const isOurs = origin === window.location.origin && !place.startsWith("/api/");
  return isOurs && place !== placeHere() ? place : null;
}

/** The page in this window, as Next names it. */
const placeHere = () => placeOf(window.location.pathname);
