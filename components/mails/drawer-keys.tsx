"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/** While a drawer is open: Esc closes it, up and down walk the list, focus goes in and comes back. */
export function DrawerKeys({
  close,
  previous,
  next,
}: {
  close: string;
  previous: string | null;
  next: string | null;
}) {
  const router = useRouter();
  const anchor = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const drawer = anchor.current?.closest<HTMLElement>("[data-drawer]");
    // Beside the list the list keeps the focus; as an overlay the drawer takes it.
    if (window.matchMedia("(width < 80rem)").matches) drawer?.focus();
    return () => before?.focus?.();
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
        target.closest("[role=dialog],[role=menu]")
      )
        return;
      const href =
        event.key === "Escape"
          ? close
          : event.key === "ArrowUp"
            ? previous
            : event.key === "ArrowDown"
              ? next
              : null;
      if (!href) return;
      event.preventDefault();
      router.push(href, { scroll: false });
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router, close, previous, next]);
  return <span ref={anchor} hidden />;
}
