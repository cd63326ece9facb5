import { Fragment, type ReactNode } from "react";

const REDACTED = /^(\*{3,}|\[?redacted\]?)$/i;
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** Lines beyond this many are not coloured, only shown: a 5 MB body must not cost a second. */
const COLOURED_LINES = 2_000;
/** Nor are longer lines: the beginning of a body that is cut off is one line, made of what its sender liked. */
const COLOURED_SIGNS = 2_000;

/** Sunken, with line numbers and three token colours; secrets are chips. Wraps on a phone. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  const lines = text.split("\n");
  const shown = lines.slice(0, COLOURED_LINES);
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg bg-sunken py-3"
    >
      <pre className="font-mono text-[12.5px]/5 max-md:whitespace-pre-wrap">
        <code>
          {shown.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <span key={index} className="block pr-4 pl-11 max-md:break-words">
              <span
                aria-hidden
                className="-ml-11 inline-block w-7 select-none text-right text-subtle-foreground"
              >
                {index + 1}
              </span>
              <span className="inline-block w-4" />
              {line.length > COLOURED_SIGNS ? line : coloured(line)}
            </span>
          ))}
        </code>
      </pre>
      {lines.length > COLOURED_LINES ? (
        <span className="block px-4 pt-2 font-sans text-xs text-muted-foreground">
          {lines.length - COLOURED_LINES} more lines. Copy takes all of them.
        </span>
      ) : null}
    </section>
  );
}

function coloured(line: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const match of line.matchAll(TOKEN)) {
    const start = match.index;
    if (start > at) parts.push(line.slice(at, start));
    const [whole, text, colon, value] = match;
    if (text !== undefined) {
      const bare = text.slice(1, -1);
      if (colon === undefined && REDACTED.test(bare)) {
        parts.push(
          <span key={start} className="redacted">
            redacted
          </span>,
        );
      } else {
        parts.push(
          <Fragment key={start}>
            <span className={colon === undefined ? "tok-s" : "tok-k"}>{text}</span>
            {colon}
          </Fragment>,
        );
      }
    } else {
      parts.push(
        <span key={start} className="tok-n">
          {value}
        </span>,
      );
    }
    at = start + whole.length;
  }
  parts.push(line.slice(at));
  return parts;
}
