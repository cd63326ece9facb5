"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { takeFocus } from "../take-focus";
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
  const [closed, setClosed] = useState<"sonarr" | "radarr" | null>(null);
  const close = () => {
    setClosed(kind);
    setKind(null);
  };
  if (kind === null) {
    return (
      <div className="flex gap-2">
        <Button ref={closed === "sonarr" ? takeFocus : null} onClick={() => setKind("sonarr")}>
          <Plus aria-hidden />
          Add Sonarr
        </Button>
        <Button ref={closed === "radarr" ? takeFocus : null} onClick={() => setKind("radarr")}>
          <Plus aria-hidden />
          Add Radarr
        </Button>
      </div>
    );
  }
  return (
    <Card>
      <CardHead title={kind === "sonarr" ? "New Sonarr" : "New Radarr"}>
        <Button variant="ghost" size="row" onClick={close}>
          Cancel
        </Button>
      </CardHead>
      <div ref={focusFirstField} className="p-4">
        <InstanceForm
          kind={kind}
          instance={null}
          isFurther={kinds.includes(kind)}
          save={save}
          test={test}
          onSaved={close}
        />
      </div>
    </Card>
  );
}

/** The button that opened the form had the focus, and is gone. */
const focusFirstField = (form: HTMLElement | null) => form?.querySelector("input")?.focus();
