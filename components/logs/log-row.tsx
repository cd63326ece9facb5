"use client";

import Link from "next/link";
import { Fragment, useState } from "react";
import type { LogLevelName, LogLine } from "@/lib/domain/log-line";
import { cn } from "../ui/cn";

const tones = {
  debug: "cancelled",
  info: "cancelled",
  warn: "retrying",
  error: "failed",
} as const satisfies Record<LogLevelName, string>;

/** Longer values, and those of several lines, are folded until somebody wants them. */
const SHORT = 90;

/** One line: when, how bad, who, what, and the facts beside it. Everything is shown as the text it is. */
export function LogRow({
  line,
  query,
  timeZone,
  startsDay,
}: {
  line: LogLine;
  query: string;
  timeZone: string;
  /** Its day, on the first line of one. */
  startsDay: string | null;
}) {
  const [open, setOpen] = useState(false);
  const [headline = "", ...rest] = line.message.split("\n");
  const folded = [
    ...(rest.length > 0 ? [{ name: "message", value: rest.join("\n") }] : []),
    ...line.fields.filter(({ value }) => isFolded(value)),
  ];
  return (
    <>
      {startsDay ? (
        <li className="num px-4 pt-2 pb-1 text-xs/5 font-medium text-muted-foreground">
          {startsDay}
        </li>
      ) : null}
      <li
        data-level={line.level}
        className={cn(
          `tone-${tones[line.level]}`,
          "mono relative grid grid-cols-[92px_44px_78px_minmax(0,1fr)] gap-x-2 px-4 py-px text-[12.5px]/[20px] before:absolute before:inset-y-px before:left-0 before:w-[3px] before:bg-tone hover:bg-hover max-md:grid-cols-[auto_auto_auto_1fr] max-md:py-1",
          line.level === "info" && "before:opacity-45",
          line.level === "debug" && "before:opacity-0",
        )}
      >
        <time dateTime={line.time} title={line.time} className="num text-subtle-foreground">
          {clock(line.time, timeZone)}
        </time>
        <span
          className={cn(
            "text-muted-foreground",
            (line.level === "warn" || line.level === "error") && "font-semibold text-foreground",
          )}
        >
          {line.level}
        </span>
        <span className="truncate text-subtle-foreground">{line.process}</span>
        <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere] max-md:col-span-4">
          {headline}
          {line.fields.map(({ name, value }) => (
            <Fragment key={name}>
              {/* Where a line may break. */} <Field name={name} value={value} query={query} />
            </Fragment>
          ))}
          {folded.length > 0 ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="ml-2 rounded-xs px-1 text-primary-text underline underline-offset-2 max-md:min-h-6"
            >
              {open ? "Less" : "More"}
            </button>
          ) : null}
          {open
            ? folded.map(({ name, value }) => (
                <span
                  key={name}
                  className="my-1 block overflow-x-auto rounded-md bg-sunken px-3 py-2 text-muted-foreground"
                >
                  <span className="text-subtle-foreground">{name}</span>
                  {"\n"}
                  {value.replaceAll("\\n", "\n")}
                </span>
              ))
            : null}
        </span>
      </li>
    </>
  );
}

/** A fact; a press filters by it. */
function Field({ name, value, query }: { name: string; value: string; query: string }) {
  if (isFolded(value)) {
    return (
      <span className="ml-1 text-subtle-foreground">
        {name}={value.replace(/\s+/g, " ").slice(0, 60)}…
      </span>
    );
  }
  const params = new URLSearchParams(query);
  params.set("field", `${name}=${value}`);
  return (
    <Link
      href={`/logs?${params}`}
      prefetch={false}
      title={`Only lines with ${name}=${value}`}
      className="ml-1 rounded-xs text-muted-foreground underline decoration-border-strong decoration-dotted underline-offset-2 hover:bg-muted hover:text-foreground"
    >
      <span className="text-subtle-foreground">{name}=</span>
      {value}
    </Link>
  );
}

const isFolded = (value: string) => value.length > SHORT || value.includes("\n");

/** `20:16:04.123`. */
function clock(time: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  }).format(new Date(time));
}
