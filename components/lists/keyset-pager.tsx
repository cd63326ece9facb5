import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "../ui/button";

/** Newer and Older, or how a list without a time calls them: pages by key, so that a deep one costs no more than the first. */
export function KeysetPager({
  newer,
  older,
  words,
  labels = ["Newer", "Older"],
}: {
  newer: string | null;
  older: string | null;
  words: string;
  labels?: readonly [string, string];
}) {
  return (
    <div className="flex h-[52px] items-center justify-between gap-3 border-t border-border pr-3 pl-4 max-md:h-16">
      <span className="num text-sm text-muted-foreground">{words}</span>
      <span className="flex gap-2">
        <Step href={newer} label={labels[0]} side="left" />
        <Step href={older} label={labels[1]} side="right" />
      </span>
    </div>
  );
}

function Step({
  href,
  label,
  side,
}: {
  href: string | null;
  label: string;
  side: "left" | "right";
}) {
  const content = (
    <>
      {side === "left" ? <ChevronLeft aria-hidden /> : null}
      {label}
      {side === "right" ? <ChevronRight aria-hidden /> : null}
    </>
  );
  if (!href) {
    return (
      <Button size="row" disabled>
        {content}
      </Button>
    );
  }
  return (
    <Button asChild size="row">
      <Link href={href} rel={side === "left" ? "prev" : "next"}>
        {content}
      </Link>
    </Button>
  );
}
