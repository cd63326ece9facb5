import type { ReactNode } from "react";
import { cn } from "../ui/cn";
import type { Crumb } from "./breadcrumb";
import { Topbar } from "./topbar";

/** A page inside the shell: top bar and centred content. `bare` pages lay out their own panes. */
export function Page({
  title,
  parent,
  breadcrumb,
  actions,
  bare = false,
  children,
}: {
  title: string;
  parent?: Crumb;
  /** In place of the one that title and parent make. */
  breadcrumb?: ReactNode;
  actions?: ReactNode;
  bare?: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <Topbar
        title={title}
        {...(parent ? { parent } : {})}
        breadcrumb={breadcrumb}
        actions={actions}
      />
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          "min-w-0 flex-1 outline-none",
          !bare && "px-8 pt-7 pb-10 max-lg:px-6 max-md:px-3 max-md:pt-2 max-md:pb-24",
        )}
      >
        {bare ? children : <div className="mx-auto max-w-[1360px]">{children}</div>}
      </main>
    </>
  );
}
