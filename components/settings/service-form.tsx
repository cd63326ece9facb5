"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView, ServiceFieldsView } from "@/lib/domain/views/settings";
import { Button } from "../ui/button";
import { ConnectionTest } from "./connection-test";
import { SettingField } from "./setting-field";
import type { SaveSettings } from "./settings-form";

export type TestConnection = (input: {
  service: "seerr" | "sonarr" | "radarr" | "plex";
  name: string;
  url: string;
  secret: string | null;
  instanceKey: string | null;
}) => Promise<ActionResult & { test?: ConnectionTestView }>;

/** Address and key of Seerr or Plex. */
export function ServiceForm({
  service,
  name,
  save,
  test,
}: {
  service: ServiceFieldsView;
  name: string;
  save: SaveSettings;
  test: TestConnection;
}) {
  const router = useRouter();
  const [url, setUrl] = useState(service.url.value);
  const [secret, setSecret] = useState<string | null>(null);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      const result = await save({
        ...(service.url.isLocked ? {} : { [service.url.name]: url }),
        ...(service.secret.isLocked || secret === null ? {} : { [service.secret.name]: secret }),
      });
      setProblems(Object.fromEntries((result.problems ?? []).map((p) => [p.name, p.words])));
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") toast.error(result.words, options);
      else {
        toast(result.words, options);
        setSecret(null);
        router.refresh();
      }
    });
  };
  const isLocked = service.url.isLocked && service.secret.isLocked;
  return (
    <form onSubmit={submit} className="grid gap-5">
      <SettingField
        field={service.url}
        value={url}
        problem={problems[service.url.name] ?? null}
        onChange={(value) => setUrl(value ?? "")}
      />
      <SettingField
        key={service.secret.secretHint}
        field={service.secret}
        value={secret}
        problem={problems[service.secret.name] ?? null}
        onChange={setSecret}
      />
      <ConnectionTest
        test={() => test({ service: service.service, name, url, secret, instanceKey: null })}
      />
      {isLocked ? null : (
        <div>
          <Button type="submit" variant="primary" aria-disabled={busy || undefined}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
