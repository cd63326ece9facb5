import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "@/lib/domain/views/status";

/** A tinted box about this page: the cause first, then one remedy. Never more than two. */
export function Notice({
  tone,
  icon: Icon,
  title,
  children,
}: {
  tone: Tone;
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div
      role="status"
      className={`tone-${tone} tinted tinted-edge flex gap-3 rounded-md px-4 py-3.5`}
    >
      <Icon aria-hidden className="mt-0.5 size-[18px] text-tone !stroke-2" />
      <div className="min-w-0">
        <div className="font-medium">{title}</div>
        {children ? <div className="text-sm text-muted-foreground">{children}</div> : null}
      </div>
    </div>
  );
}
