"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView, ServiceFieldsView } from "@/lib/domain/views/settings";
import { ServerButton } from "../server-button";
import { ConnectionTest, TestResult, tried } from "./connection-test";
import { SettingField } from "./setting-field";
import type { SaveSettings } from "./settings-form";
import { useFieldProblems } from "./use-field-problems";

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
  testsFirst = false,
  onSaved,
}: {
  service: ServiceFieldsView;
  name: string;
  save: SaveSettings;
  test: TestConnection;
  /** One button that saves only what works. */
  testsFirst?: boolean;
  onSaved?: () => void;
}) {
  const router = useRouter();
  const [url, setUrl] = useState(service.url.value);
  const [secret, setSecret] = useState<string | null>(null);
  const { problems, place, say } = useFieldProblems<HTMLFormElement>();
  const [failure, setFailure] = useState<ConnectionTestView | null>(null);
  const [busy, startTransition] = useTransition();
  const trial = { service: service.service, name, url, secret, instanceKey: null };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      if (testsFirst) {
        const found = await tried(() => test(trial));
        setFailure(found.kind === "failed" ? found : null);
        if (found.kind === "failed") return;
      }
      const result = await save({
        ...(service.url.isLocked ? {} : { [service.url.name]: url }),
        ...(service.secret.isLocked || secret === null ? {} : { [service.secret.name]: secret }),
      });
      say(result.problems ?? []);
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") toast.error(result.words, options);
      else {
        if (!testsFirst) toast(result.words, options);
        setSecret(null);
        onSaved?.();
        router.refresh();
      }
    });
  };
  const isLocked = service.url.isLocked && service.secret.isLocked;
  return (
    <form ref={place} onSubmit={submit} className="flex flex-col gap-5">
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
      {testsFirst ? <TestResult result={failure} /> : <ConnectionTest test={() => test(trial)} />}
      {isLocked ? null : (
        <div>
          <ServerButton type="submit" variant="primary" busy={busy}>
            {!testsFirst ? "Save" : busy ? "Testing" : failure ? "Test again" : "Test and save"}
          </ServerButton>
        </div>
      )}
    </form>
  );
}
