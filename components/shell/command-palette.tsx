"use client";

import { Command } from "cmdk";
import { Power, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { below } from "@/lib/base-path";
import type { PaletteHitView } from "@/lib/domain/views/palette";
import { Avatar } from "../avatar";
import { Poster } from "../poster";
import { Dialog, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { places } from "./navigation";

const itemClass =
  "flex min-h-10 cursor-pointer items-center gap-3 rounded-sm px-2.5 py-1 text-sm data-[selected=true]:bg-hover max-md:min-h-11";

/** Pages, titles and people; or the list of keys. */
export function CommandPalette({
  mode,
  onClose,
}: {
  mode: "search" | "keys";
  onClose: () => void;
}) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      {mode === "keys" ? <Keys /> : <Palette onClose={onClose} />}
    </Dialog>
  );
}

function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [hits, setHits] = useState<PaletteHitView[]>([]);
  const [answered, setAnswered] = useState("");

  useEffect(() => {
    const query = text.trim();
    if (query.length < 2) {
      setHits([]);
      setAnswered(query);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await fetch(below(`/palette?q=${encodeURIComponent(query)}`), {
          signal: abort.signal,
        });
        if (answer.ok) setHits((await answer.json()) as PaletteHitView[]);
        setAnswered(query);
      } catch {
        // Aborted by the next letter, or offline: the pages stay reachable.
      }
    }, 150);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [text]);

  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const wanted = text.trim().toLowerCase();
  const shownPlaces = places.filter((place) => place.label.toLowerCase().includes(wanted));
  return (
    <DialogContent
      title={<span className="sr-only">Search or jump to</span>}
      className="top-[12vh] max-w-[600px] [&>div:first-child]:p-0"
    >
      <Command shouldFilter={false} className="flex min-h-0 flex-col">
        <div className="flex h-13 shrink-0 items-center gap-3 border-b border-border px-4">
          <Search aria-hidden className="size-4 text-subtle-foreground" />
          <Command.Input
            value={text}
            onValueChange={setText}
            placeholder="Title, person, page or action"
            className="h-13 w-full bg-transparent text-md outline-none placeholder:text-subtle-foreground"
          />
          <Kbd>Esc</Kbd>
        </div>
        <Command.List className="min-h-0 overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-subtle-foreground">
          <Hits heading="Library" hits={hits.filter((hit) => hit.kind !== "action")} go={go} />
          {shownPlaces.length > 0 ? (
            <Command.Group heading="Pages">
              {shownPlaces.map((place) => (
                <Command.Item
                  key={place.href}
                  value={place.href}
                  onSelect={() => go(place.href)}
                  className={itemClass}
                >
                  <place.icon aria-hidden className="size-4 text-muted-foreground" />
                  {place.label}
                  <span className="ml-auto flex gap-1 max-md:hidden">
                    <Kbd>g</Kbd>
                    <Kbd>{place.key}</Kbd>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          ) : null}
          <Hits heading="Actions" hits={hits.filter((hit) => hit.kind === "action")} go={go} />
          {hits.length === 0 && shownPlaces.length === 0 && answered === text.trim() ? (
            <Command.Empty className="px-3 py-8 text-center text-sm text-muted-foreground">
              Nothing here is called “{text.trim()}”.
            </Command.Empty>
          ) : null}
        </Command.List>
      </Command>
    </DialogContent>
  );
}

function Hits({
  heading,
  hits,
  go,
}: {
  heading: string;
  hits: PaletteHitView[];
  go: (href: string) => void;
}) {
  if (hits.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {hits.map((hit) => (
        <Command.Item
          key={hit.href}
          value={hit.href}
          onSelect={() => go(hit.href)}
          className={itemClass}
        >
          <HitMark hit={hit} />
          <span className="min-w-0">
            <span dir="auto" className="block truncate font-medium">
              {hit.label}
            </span>
            <span className="block truncate text-xs text-muted-foreground">{hit.detail}</span>
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function HitMark({ hit }: { hit: PaletteHitView }) {
  switch (hit.kind) {
    case "request":
      return <Poster size="dense" path={hit.posterPath} title={hit.label} />;
    case "person":
      return <Avatar person={hit.person} />;
    case "action":
      return <Power aria-hidden className="size-4 shrink-0 text-muted-foreground" />;
  }
}

const keys: [string[], string][] = [
  [["Ctrl", "K"], "Search or jump to"],
  [["/"], "Filter this page"],
  [["j"], "Next row"],
  [["k"], "Row before"],
  [["Enter"], "Open the row"],
  [["x"], "Select the row"],
  [["Esc"], "Close, select none"],
  [["?"], "This list"],
];

function Keys() {
  return (
    <DialogContent title="Keys">
      {/* Scrolls in a low window, so it can be reached by Tab. */}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="All keys"
        className="grid gap-x-8 gap-y-2 overflow-y-auto rounded-b-xl px-5 pt-4 pb-6 text-sm focus-visible:-outline-offset-2 sm:grid-cols-2"
      >
        <KeyList rows={keys.map(([combination, meaning]) => ({ meaning, combination }))} />
        <KeyList
          rows={places.map(({ label, key }) => ({
            meaning: `Go to ${label}`,
            combination: ["g", key],
          }))}
        />
      </section>
    </DialogContent>
  );
}

function KeyList({ rows }: { rows: { meaning: string; combination: string[] }[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] content-start gap-x-4 gap-y-2">
      {rows.map(({ meaning, combination }) => (
        <div key={meaning} className="contents">
          <dt className="text-muted-foreground">{meaning}</dt>
          <dd className="flex items-start justify-end gap-1">
            {combination.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
