"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

type Problem = { name: string; words: string };

/** What is wrong with single fields, by their names. Once it is said, the first wrong field has the focus. */
export function useFieldProblems<Place extends HTMLElement>(): {
  problems: Record<string, string>;
  /** Goes onto the element that holds the fields. */
  place: RefObject<Place | null>;
  say: (problems: readonly Problem[]) => void;
  /** For the field that is being changed. */
  forget: (name: string) => void;
} {
  const place = useRef<Place>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (times === 0) return;
    const wrong = place.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    wrong?.closest("details")?.setAttribute("open", "");
    wrong?.focus();
  }, [times]);
  return {
    problems,
    place,
    say: (found) => {
      setProblems(Object.fromEntries(found.map(({ name, words }) => [name, words])));
      if (found.length > 0) setTimes((before) => before + 1);
    },
    forget: (name) => setProblems(({ [name]: _gone, ...rest }) => rest),
  };
}
