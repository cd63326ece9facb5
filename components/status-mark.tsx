import {
  ArrowDownToLine,
  Ban,
  BellOff,
  CalendarClock,
  Check,
  CircleCheck,
  CircleHelp,
  Clock,
  Hourglass,
  type LucideIcon,
  OctagonX,
  Pause,
  RotateCw,
  Search,
  Send,
  TriangleAlert,
} from "lucide-react";
import type { StatusKind } from "@/lib/domain/views/status";

/** The icon of a status: one per meaning across the product. */
export function statusIcon(kind: StatusKind): LucideIcon {
  switch (kind) {
    case "scheduled":
      return Clock;
    case "sending":
      return Send;
    case "sent":
    case "up":
      return Check;
    case "retrying":
      return RotateCw;
    case "failed":
    case "down":
      return OctagonX;
    case "unknown":
      return CircleHelp;
    case "cancelled":
      return Ban;
    case "held":
      return Pause;
    case "waiting":
      return Hourglass;
    case "not_out":
      return CalendarClock;
    case "downloading":
      return ArrowDownToLine;
    case "looking":
      return Search;
    case "told":
      return CircleCheck;
    case "declined":
      return BellOff;
    case "slow":
      return TriangleAlert;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
