import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonVariants = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-[7px] whitespace-nowrap rounded-sm border text-sm font-medium transition-colors duration-fast aria-disabled:cursor-not-allowed aria-disabled:opacity-55 disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-3.5",
  {
    variants: {
      variant: {
        primary:
          "border-primary-edge bg-primary text-primary-foreground hover:bg-primary-hover active:translate-y-px",
        secondary:
          "border-border-strong bg-secondary text-foreground hover:bg-hover active:translate-y-px dark:hover:bg-[oklch(0.29_0.016_300)]",
        ghost: "border-transparent text-muted-foreground hover:bg-hover hover:text-foreground",
        danger: "border-transparent text-danger-text hover:bg-hover",
        destructive:
          "border-transparent bg-destructive text-destructive-foreground hover:brightness-110 active:translate-y-px",
      },
      size: {
        default: "h-8 px-3 max-md:h-11 max-md:px-4",
        row: "h-7 px-2.5 max-md:h-11",
        large: "h-10 px-4 text-base max-md:h-11",
        icon: "size-8 max-md:size-11 [&_svg]:size-4",
        rowIcon: "size-7 max-md:size-11",
      },
    },
    defaultVariants: { variant: "secondary", size: "default" },
  },
);

/** A button, or with `asChild` a link that looks like one. One `primary` per view. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  ...props
}: ComponentProps<"button"> & VariantProps<typeof buttonVariants> & { asChild?: boolean }) {
  const Component = asChild ? Slot.Root : "button";
  return (
    <Component
      {...(asChild ? {} : { type: "button" as const })}
      className={cn(buttonVariants({ variant, size }), className)}
      {...props}
    />
  );
}
