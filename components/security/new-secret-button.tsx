"use client";

import { RefreshCw } from "lucide-react";
import { useState } from "react";
import type { ActionResult, OnceShown } from "@/lib/domain/views/action-result";
import { ActionButton } from "../action-button";
import { ShownOnce } from "./fields-form";

/** Makes a new webhook secret and shows it this once. */
export function NewSecretButton({
  action,
  isSet,
}: {
  action: () => Promise<ActionResult & OnceShown>;
  isSet: boolean;
}) {
  const [once, setOnce] = useState<string | null>(null);
  return (
    <div className="grid gap-3">
      <div>
        <ActionButton
          icon={<RefreshCw aria-hidden />}
          label={isSet ? "Make a new secret" : "Make a secret"}
          busyLabel="Making"
          confirm={{
            title: "Make a new webhook secret?",
            description:
              "Seerr, Sonarr and Radarr are refused until the new one is entered there. What they report meanwhile is made up for by the next check.",
            button: "Make it",
          }}
          action={async () => {
            const result = await action();
            setOnce(result.once ?? null);
            return result;
          }}
        />
      </div>
      {once ? <ShownOnce secret={once} /> : null}
    </div>
  );
}
