"use client";

import { Pause, Play } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { below } from "@/lib/base-path";
import type { LogLine } from "@/lib/domain/log-line";
import type { LogPartView } from "@/lib/domain/views/logs";
import { exactMoment } from "@/lib/domain/views/moment-words";
import { Button } from "../ui/button";
import { LogRow } from "./log-row";

const FOLLOW_MS = 2_000;
/** More rows than this make a page slow; the oldest are let go and can be loaded again. */
const MOST_ROWS = 3_000;
/** Somebody who has scrolled this far reads, and is not disturbed. */
const READING_PX = 160;

/** Lines, the newest on top, followed as they are written while nobody reads further down. */
export function LogView({
  first,
  query,
  timeZone,
  empty,
}: {
  first: LogPartView;
  /** The filters, as they stand in the address: `?level=warn`. */
  query: string;
  timeZone: string;
  empty: ReactNode;
}) {
  const [lines, setLines] = useState(first.lines);
  const [older, setOlder] = useState(first.older);
  const [searchedTo, setSearchedTo] = useState(first.searchedTo);
  const [fresh, setFresh] = useState<LogLine[]>([]);
  const [following, setFollowing] = useState(true);
  const [loading, setLoading] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const newest = useRef(first.newest);

  const show = useCallback((more: LogLine[]) => {
    setFresh([]);
    setLines((before) => {
      const all = withoutDoubles([...more, ...before]);
      const last = all[MOST_ROWS - 1];
      if (all.length <= MOST_ROWS || !last) return all;
      setOlder(`until:${last.time}`);
      return all.slice(0, MOST_ROWS);
    });
  }, []);

  useEffect(() => {
    if (!following) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (document.visibilityState === "visible") {
        const part = await fetchPart(query, { after: newest.current });
        if (gone) return;
        if (part) {
          newest.current = part.newest;
          setTrouble(null);
          if (part.lines.length > 0) {
            setFresh((before) => withoutDoubles([...part.lines, ...before]).slice(0, MOST_ROWS));
          }
        } else
          setTrouble("Nothing answers at BingeAlert. The lines below stay; it is tried again.");
      }
      timer = setTimeout(look, FOLLOW_MS);
    };
    timer = setTimeout(look, FOLLOW_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [following, query]);

  useEffect(() => {
    if (fresh.length > 0 && window.scrollY < READING_PX) show(fresh);
  }, [fresh, show]);

  const loadOlder = async () => {
    if (!older || loading) return;
    setLoading(true);
    const until = older.startsWith("until:") ? older.slice("until:".length) : null;
    const part = await fetchPart(query, until ? { until } : { before: older });
    setLoading(false);
    if (!part) {
      setTrouble("Older lines could not be read. Nothing is lost; try again.");
      return;
    }
    setTrouble(null);
    setLines((before) => withoutDoubles([...before, ...part.lines]));
    setOlder(part.older);
    setSearchedTo(part.searchedTo);
  };

  return (
    <div data-follows-itself>
      <div className="sticky top-14 z-10 flex min-h-[46px] items-center gap-3 rounded-t-lg border-b border-border bg-card py-1.5 pr-3 pl-4 text-sm max-md:top-[52px]">
        <span role="status" className="num mr-auto min-w-0 text-muted-foreground">
          {trouble ?? (following ? "New lines appear by themselves" : "Stopped")}
        </span>
        {fresh.length > 0 ? (
          <Button
            size="row"
            className="num"
            onClick={() => {
              show(fresh);
              window.scrollTo({ top: 0 });
            }}
          >
            {fresh.length} new
          </Button>
        ) : null}
        <Button size="row" aria-pressed={following} onClick={() => setFollowing(!following)}>
          {following ? <Pause aria-hidden /> : <Play aria-hidden />}
          {following ? "Stop" : "Follow"}
        </Button>
      </div>
      {lines.length > 0 ? (
        <ol aria-label="Lines" className="py-1">
          {lines.map((line, index) => (
            <LogRow
              key={line.id}
              line={line}
              query={query}
              timeZone={timeZone}
              startsDay={isOtherDay(lines[index - 1], line, timeZone)}
            />
          ))}
        </ol>
      ) : older ? null : (
        empty
      )}
      {older ? (
        <div className="flex flex-wrap items-center justify-center gap-3 border-t border-border p-3">
          {searchedTo ? (
            <span className="num text-sm text-muted-foreground">
              Looked back to {exactMoment(new Date(searchedTo), timeZone)}.
            </span>
          ) : null}
          <Button size="row" aria-disabled={loading} onClick={loadOlder}>
            {loading ? "Reading" : searchedTo ? "Look further back" : "Load older"}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

async function fetchPart(
  query: string,
  place: Record<string, string>,
): Promise<LogPartView | null> {
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(place)) params.set(name, value);
  try {
    const answer = await fetch(below(`/logs/lines?${params}`), {
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok ? ((await answer.json()) as LogPartView) : null;
  } catch {
    return null;
  }
}

function withoutDoubles(lines: LogLine[]): LogLine[] {
  const seen = new Set<string>();
  return lines.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const dayOf = (line: LogLine, timeZone: string) =>
  exactMoment(new Date(line.time), timeZone).split(",")[0];

function isOtherDay(before: LogLine | undefined, line: LogLine, timeZone: string): string | null {
  const day = dayOf(line, timeZone) ?? null;
  return before && dayOf(before, timeZone) === day ? null : day;
}
