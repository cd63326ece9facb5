"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button";
import { Card, CardHead } from "../ui/card";
import { InstanceForm, type SaveInstance } from "./instance-form";
import type { TestConnection } from "./service-form";

/** Adds one more Sonarr or Radarr; `kinds` are there already. */
export function AddInstance({
  kinds,
  save,
  test,
}: {
  kinds: readonly ("sonarr" | "radarr")[];
  save: SaveInstance;
  test: TestConnection;
}) {
  const [kind, setKind] = useState<"sonarr" | "radarr" | null>(null);
  if (kind === null) {
    return (
      <div className="flex gap-2">
        <Button onClick={() => setKind("sonarr")}>
          <Plus aria-hidden />
          Add Sonarr
        </Button>
        <Button onClick={() => setKind("radarr")}>
          <Plus aria-hidden />
          Add Radarr
        </Button>
      </div>
    );
  }
  return (
    <Card>
      <CardHead title={kind === "sonarr" ? "New Sonarr" : "New Radarr"}>
        <Button variant="ghost" size="row" onClick={() => setKind(null)}>
          Cancel
        </Button>
      </CardHead>
      <div className="p-4">
        <InstanceForm
          kind={kind}
          instance={null}
          isFurther={kinds.includes(kind)}
          save={save}
          test={test}
          onSaved={() => setKind(null)}
        />
      </div>
    </Card>
  );
}
