"use client";

import { type ReactNode, useId } from "react";

type ControlProps = { id: string; "aria-describedby"?: string };

/** A control with its label above and its help below, tied together for whoever listens. */
export function Field({
  label,
  help,
  className,
  children,
}: {
  label: string;
  help?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      {children({ id, ...(help ? { "aria-describedby": helpId } : {}) })}
      {help ? (
        <p id={helpId} className="mt-1.5 text-xs/[18px] text-pretty text-muted-foreground">
          {help}
        </p>
      ) : null}
    </div>
  );
}
