"use client";

import { ChevronUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { StatusKind } from "@/lib/domain/views/status";
import { StatusBadge } from "../status-badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Tag } from "../ui/tag";

/** One service: closed it says what it is and where, open it can be changed. */
export function ServiceCard({
  name,
  sign,
  where,
  status,
  tag,
  openLabel = "Edit",
  startsOpen = false,
  children,
}: {
  name: string;
  /** Two letters in place of a logo. */
  sign: string;
  /** Its address, or that there is none. */
  where: string;
  /** How it stood when it was last checked; null when it is not connected. */
  status: { kind: StatusKind; word: string } | null;
  tag?: string;
  openLabel?: string;
  startsOpen?: boolean;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <Card>
      <div className="flex items-center gap-3 p-4">
        <span
          aria-hidden
          className="grid size-9 shrink-0 place-items-center rounded-sm bg-muted text-xs font-semibold text-muted-foreground"
        >
          {sign}
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2 text-sm font-medium">
            {name}
            {tag ? <Tag>{tag}</Tag> : null}
            {status ? <StatusBadge {...status} /> : null}
          </h2>
          <p
            className={cn(
              "truncate text-xs/[18px] text-muted-foreground",
              // An address is copied, that there is none is not.
              status && "font-mono",
            )}
            title={where}
          >
            {where}
          </p>
        </div>
        <Button
          variant={open ? "ghost" : "secondary"}
          size={open ? "icon" : "default"}
          aria-expanded={open}
          aria-label={open ? `Close ${name}` : `${openLabel} ${name}`}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronUp aria-hidden /> : openLabel}
        </Button>
      </div>
      {open ? <div className="border-t border-border p-4">{children}</div> : null}
    </Card>
  );
}
