import { ArrowLeft, Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { type SetupStep, setupSteps } from "@/lib/domain/setup";
import { setupStepNames } from "@/lib/domain/views/setup";
import { BrandMark } from "../brand-mark";
import { SkipLink } from "../shell/skip-link";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { StepHeading } from "./step-heading";

type Place = "welcome" | SetupStep | "done";

const places: { key: Place; name: string; href: string }[] = [
  { key: "welcome", name: "Welcome", href: "/setup" },
  ...setupSteps.map((step) => ({
    key: step,
    name: setupStepNames[step],
    href: `/setup/${step}`,
  })),
];

/** The title of a step for the browser: it differs from step to step, so that the change is read out. */
export function stepTitle(place: SetupStep): string {
  const index = places.findIndex(({ key }) => key === place);
  return `Set up, ${index + 1} of ${places.length}: ${setupStepNames[place]}`;
}

/** One page of the wizard: where one is, what it asks, and the way on. */
export function WizardPage({
  place,
  done,
  title,
  lead,
  children,
}: {
  place: Place;
  /** Steps that are done: one can go back to them. */
  done: readonly SetupStep[];
  title: string;
  lead: ReactNode;
  children: ReactNode;
}) {
  const index = places.findIndex(({ key }) => key === place);
  const number = index < 0 ? places.length : index + 1;
  return (
    <div className="lamp-beam min-h-dvh pb-10">
      <SkipLink />
      <header className="flex h-[72px] items-center gap-2.5 px-10 text-[15px] font-semibold tracking-[-0.012em] max-md:h-[52px] max-md:px-4">
        <BrandMark className="size-6" />
        BingeAlert
        <span className="ml-auto text-right text-sm font-normal tracking-normal text-muted-foreground max-md:text-xs">
          {place === "done" ? "" : "Saved as you go."}
          <span className="max-md:hidden">
            {place === "done" ? "" : " You can leave and come back."}
          </span>
        </span>
      </header>
      <div className="mx-auto grid w-full max-w-[908px] grid-cols-[212px_minmax(0,640px)] justify-center gap-14 pt-5 max-lg:max-w-[640px] max-lg:grid-cols-1 max-lg:gap-4 max-lg:px-4 max-lg:pt-2">
        <nav aria-label="Steps" className="max-lg:hidden">
          <ol>
            {places.map(({ key, name, href }, at) => {
              const isHere = key === place;
              const isDone =
                place === "done" || key === "welcome" || done.some((step) => step === key);
              return (
                <li
                  key={key}
                  aria-current={isHere ? "step" : undefined}
                  className={cn(
                    "relative flex h-11 items-center gap-3 text-base",
                    at > 0 &&
                      "before:absolute before:-top-2.5 before:left-[11px] before:h-5 before:w-0.5 before:bg-border-strong",
                    isHere
                      ? "font-medium text-foreground"
                      : isDone
                        ? "text-muted-foreground"
                        : "text-subtle-foreground",
                  )}
                >
                  <span
                    aria-hidden
                    className={cn(
                      "z-[1] grid size-6 place-items-center rounded-full text-xs font-semibold",
                      isHere
                        ? "bg-primary text-primary-foreground"
                        : isDone
                          ? "bg-muted text-foreground"
                          : "bg-background shadow-[inset_0_0_0_1.5px_var(--border-strong)]",
                    )}
                  >
                    {isDone && !isHere ? <Check className="size-3 !stroke-2" /> : at + 1}
                  </span>
                  {isDone && !isHere && place !== "done" ? (
                    <Link
                      href={href}
                      aria-label={`${name}, done`}
                      className="rounded-xs hover:text-foreground"
                    >
                      {name}
                    </Link>
                  ) : (
                    name
                  )}
                </li>
              );
            })}
          </ol>
        </nav>
        <main id="content" tabIndex={-1} className="outline-none">
          {place === "done" ? null : (
            <p className="num mb-1 text-sm text-muted-foreground lg:hidden">
              {number} of {places.length}
            </p>
          )}
          <StepHeading title={title} />
          <p className="mt-1.5 text-pretty text-muted-foreground">{lead}</p>
          <div className="mt-[22px]">{children}</div>
        </main>
      </div>
    </div>
  );
}

/** The way back, why it does not go on yet, and the way on. */
export function WizardFoot({
  back,
  reason,
  children,
}: {
  back: { href: string; name: string };
  /** Said beside the button while it cannot be pressed. */
  reason?: string | null;
  children: ReactNode;
}) {
  return (
    <div className="mt-[22px] flex items-center gap-3.5 max-sm:flex-col-reverse max-sm:items-stretch">
      <Button asChild variant="ghost" size="large">
        <Link href={back.href}>
          <ArrowLeft aria-hidden />
          {back.name}
        </Link>
      </Button>
      <span
        id="wizard-reason"
        className="ml-auto text-right text-sm text-muted-foreground max-sm:ml-0 max-sm:text-left"
      >
        {reason}
      </span>
      {children}
    </div>
  );
}
