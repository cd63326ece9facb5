import {
  ArrowDownToLine,
  Ban,
  BellOff,
  CirclePlus,
  Download,
  Eye,
  Flag,
  Hourglass,
  Info,
  type LucideIcon,
  MailCheck,
  OctagonX,
  Pencil,
  Play,
  RefreshCw,
  Trash2,
  UserMinus,
  UserPlus,
} from "lucide-react";
import type { TimelineKind } from "@/lib/domain/views/timeline";

const factIcons: [RegExp, LucideIcon][] = [
  [/grab|download_started/, ArrowDownToLine],
  [/import|upgrade/, Download],
  [/plays|playable|visible/, Play],
  [/plex/, Eye],
  [/request|asked|approved|created/, CirclePlus],
  [/detach|unfollow/, UserMinus],
  [/attach|follow|watcher/, UserPlus],
  [/delete|removed/, Trash2],
  [/declined|cancel/, Ban],
  [/rename|edit|changed/, Pencil],
  [/sync|seen|reconcil/, RefreshCw],
  [/issue/, Flag],
];

function factIcon(code: string): LucideIcon {
  return factIcons.find(([pattern]) => pattern.test(code))?.[1] ?? Info;
}

/** The 24 px node on the rail; its shape tells the kind, so that colour is not needed. */
export function TimelineNode({ kind, code }: { kind: TimelineKind; code: string }) {
  return (
    <span className="tl-node" data-kind={kind} aria-hidden>
      <NodeIcon kind={kind} code={code} />
    </span>
  );
}

function NodeIcon({ kind, code }: { kind: TimelineKind; code: string }) {
  switch (kind) {
    case "fact": {
      const Icon = factIcon(code);
      return <Icon />;
    }
    case "told":
      return <MailCheck />;
    case "not_told":
      return <BellOff />;
    case "trouble":
      return <OctagonX className="!stroke-2" />;
    case "wait":
      return <Hourglass />;
    case "decision":
    case "future":
      return null;
    default: {
      const unknown: never = kind;
      return unknown;
    }
  }
}
