import { Check } from "lucide-react";
import { columnMoment, exactMoment, type Reader } from "@/lib/domain/views/moment-words";
import type { MovieStepView } from "@/lib/domain/views/requests";
import { cn } from "../ui/cn";

/** A movie's strip is one line: asked, found, imported, plays, told. */
export function MovieSteps({ steps, reader }: { steps: MovieStepView[]; reader: Reader }) {
  return (
    <ol className="flex">
      {steps.map((step, index) => (
        <li
          key={step.word}
          className="relative flex min-w-0 flex-1 flex-col items-center text-center"
        >
          {index > 0 ? (
            <span
              aria-hidden
              className={cn(
                "absolute top-[11px] right-1/2 h-0.5 w-full",
                step.reached ? "bg-ok-text" : "bg-border-strong",
              )}
            />
          ) : null}
          <span
            aria-hidden
            className={cn(
              "relative z-10 grid size-6 place-items-center rounded-full",
              step.reached ? "bg-ok-text text-card" : "border-2 border-border-strong bg-card",
            )}
          >
            {step.reached ? <Check className="size-3.5 !stroke-[2.5]" /> : null}
          </span>
          <span
            className={cn("mt-2 text-xs", step.reached ? "font-medium" : "text-subtle-foreground")}
          >
            {step.word}
            <span className="sr-only">{step.reached ? "" : ", not yet"}</span>
          </span>
          <span
            className="num text-2xs text-subtle-foreground"
            title={step.at ? exactMoment(step.at, reader.timeZone) : undefined}
          >
            {step.at ? columnMoment(step.at, reader) : " "}
          </span>
        </li>
      ))}
    </ol>
  );
}
