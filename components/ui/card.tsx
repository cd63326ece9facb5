import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A surface. No card in a card. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return (
    <section
      className={cn("rounded-lg border border-border bg-card shadow-card", className)}
      {...props}
    />
  );
}

/** 46 high, a title and at most one thing beside it. */
export function CardHead({
  title,
  children,
  className,
}: {
  title: string;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cn(
        "flex min-h-[46px] items-center gap-2 border-b border-border py-1.5 pr-3 pl-4",
        // What has no edge may be as high as a finger needs without making the head higher.
        "max-md:[&>.border-transparent]:-my-1.5",
        className,
      )}
    >
      <h2 className="card-title mr-auto">{title}</h2>
      {children}
    </div>
  );
}
