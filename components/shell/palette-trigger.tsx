"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Kbd } from "../ui/kbd";
import { places } from "./navigation";

const CommandPalette = dynamic(() => import("./command-palette").then((m) => m.CommandPalette), {
  ssr: false,
});

/** Opens the palette (Ctrl K), and holds the keys that work everywhere: `/`, `g` then a letter, `j k x`, `?`. */
export function PaletteTrigger() {
  const router = useRouter();
  const [open, setOpen] = useState<"closed" | "search" | "keys">("closed");
  const afterG = useRef(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen("search");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (afterG.current > Date.now() - 1500) {
        afterG.current = 0;
        const place = places.find((candidate) => candidate.key === event.key);
        if (place) {
          event.preventDefault();
          router.push(place.href);
          return;
        }
      }
      switch (event.key) {
        case "g":
          afterG.current = Date.now();
          break;
        case "/": {
          const field = document.querySelector<HTMLInputElement>("[data-page-filter]");
          event.preventDefault();
          if (field) field.focus();
          else setOpen("search");
          break;
        }
        case "?":
          setOpen("keys");
          break;
        case "x":
          rowInFocus()?.querySelector<HTMLElement>("[data-row-select]")?.click();
          break;
        case "j":
        case "k":
          walkRows(event.key === "j" ? 1 : -1);
          break;
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [router]);

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("search")}
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-8 w-[280px] items-center gap-2 rounded-sm border border-border-strong pr-1.5 pl-2.5 text-sm text-subtle-foreground transition-colors duration-fast hover:border-input hover:text-muted-foreground max-lg:w-44 max-md:size-11 max-md:justify-center max-md:border-transparent max-md:p-0 max-md:text-foreground"
      >
        <Search aria-hidden className="size-3.5 max-md:size-5" />
        <span className="max-md:sr-only">Search or jump to</span>
        <span aria-hidden className="ml-auto max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      {open === "closed" ? null : <CommandPalette mode={open} onClose={() => setOpen("closed")} />}
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.closest("[role=dialog],[role=menu]") !== null)
  );
}

const rowInFocus = () => document.activeElement?.closest("tr,li");

function walkRows(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row-link]")].filter(
    (row) => row.offsetParent !== null,
  );
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
