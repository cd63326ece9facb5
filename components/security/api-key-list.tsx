import type { ActionResult } from "@/lib/domain/views/action-result";
import type { Reader } from "@/lib/domain/views/moment-words";
import type { ApiKeyView } from "@/lib/domain/views/security";
import { ActionButton } from "../action-button";
import { Moment } from "../relative-time";
import { Tag } from "../ui/tag";

/** The keys that work, when each was last used, and the button that revokes it. */
export function ApiKeyList({
  keys,
  reader,
  revoke,
}: {
  keys: ApiKeyView[];
  reader: Reader;
  revoke: (keyId: number) => Promise<ActionResult>;
}) {
  return (
    <ul>
      {keys.map((key) => (
        <li
          key={key.keyId}
          className="flex min-h-[60px] flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-2.5"
        >
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center gap-2 text-base font-medium">
              {key.name}
              <Tag>{key.scope === "admin" ? "Reads and changes" : "Reads only"}</Tag>
            </div>
            <div className="text-xs/[18px] text-muted-foreground">
              <span className="mono">{key.hint}…</span>, made by {key.createdBy}{" "}
              <Moment at={key.createdAt} reader={reader} />,{" "}
              {key.lastUsedAt ? (
                <>
                  last used <Moment at={key.lastUsedAt} reader={reader} />
                  {key.lastUsedFrom ? ` from ${key.lastUsedFrom}` : ""}
                </>
              ) : (
                "never used"
              )}
            </div>
          </div>
          <ActionButton
            action={revoke.bind(null, key.keyId)}
            label="Revoke"
            busyLabel="Revoking"
            variant="danger"
            size="row"
            confirm={{
              title: `Revoke the key “${key.name}”?`,
              description: "Whatever uses it is refused from now on.",
              button: "Revoke 1 key",
              destructive: true,
            }}
          />
        </li>
      ))}
    </ul>
  );
}
