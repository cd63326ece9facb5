"use client";

import { useEffect, useRef } from "react";

/** Whether a step was shown since the page was loaded: the first one leaves the focus where the browser puts it. */
let cameFromStep = false;

/** The title of a step. Whoever comes from another step goes on here, by keyboard and by ear. */
export function StepHeading({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (cameFromStep) heading.current?.focus();
    cameFromStep = true;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className="verdict outline-none">
      {title}
    </h1>
  );
}
