"use client";

import { Dialog as Primitive } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { cn } from "./cn";

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

/** 480 wide, for irreversible or outgoing things; its title is the question. */
export function DialogContent({
  title,
  description,
  className,
  children,
  ...props
}: Omit<ComponentProps<typeof Primitive.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
}) {
  const opener = useRef<HTMLElement | null>(null);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-50 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in-0" />
      <Primitive.Content
        className={cn(
          "fixed top-[18vh] left-1/2 z-50 flex max-h-[74vh] w-[calc(100vw-24px)] max-w-[480px] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-popover text-popover-foreground shadow-overlay duration-medium data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:slide-in-from-top-2",
          className,
        )}
        onOpenAutoFocus={() => {
          opener.current = document.activeElement as HTMLElement | null;
        }}
        // Most dialogs are opened by a state and have no trigger that Radix could go back to.
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          opener.current?.focus();
        }}
        {...(description ? {} : { "aria-describedby": undefined })}
        {...props}
      >
        <div className="px-5 pt-5">
          <Primitive.Title className="text-md font-semibold tracking-[-0.01em]">
            {title}
          </Primitive.Title>
          {description ? (
            <Primitive.Description className="mt-1.5 text-sm text-muted-foreground">
              {description}
            </Primitive.Description>
          ) : null}
        </div>
        {children}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** The buttons of a dialog, right, the main one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 px-5 pt-5 pb-5">{children}</div>;
}
