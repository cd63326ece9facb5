"use client";

import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView, InstanceFieldsView } from "@/lib/domain/views/settings";
import { ActionButton } from "../action-button";
import { ServerButton } from "../server-button";
import { ConnectionTest, TestResult, tried } from "./connection-test";
import { Field } from "./field";
import type { TestConnection } from "./service-form";
import { fieldClass } from "./setting-field";

export type SaveInstance = (input: {
  key: string | null;
  kind: "sonarr" | "radarr";
  name: string;
  url: string;
  apiKey: string | null;
  isFourK: boolean;
}) => Promise<ActionResult>;

/** One Sonarr or Radarr, or a new one. */
export function InstanceForm({
  kind,
  instance,
  isFurther = false,
  save,
  remove,
  test,
  testsFirst = false,
  onSaved,
}: {
  kind: "sonarr" | "radarr";
  /** Null for a new one. */
  instance: InstanceFieldsView | null;
  /** A new one beside others of its kind, which needs a name that tells them apart. */
  isFurther?: boolean;
  save: SaveInstance;
  remove?: () => Promise<ActionResult>;
  test: TestConnection;
  /** One button that saves only what works. */
  testsFirst?: boolean;
  onSaved?: () => void;
}) {
  const router = useRouter();
  const product = kind === "sonarr" ? "Sonarr" : "Radarr";
  const [name, setName] = useState(instance?.name ?? (isFurther ? "" : product));
  const [url, setUrl] = useState(instance?.url ?? "");
  const [apiKey, setApiKey] = useState("");
  const [isFourK, setFourK] = useState(instance?.isFourK ?? false);
  const [failure, setFailure] = useState<ConnectionTestView | null>(null);
  const [busy, startTransition] = useTransition();
  const lockedBy = instance?.lockedBy ?? null;
  const runTest = () =>
    test({
      service: kind,
      name: name || product,
      url,
      secret: apiKey || null,
      instanceKey: instance?.key ?? null,
    });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    startTransition(async () => {
      if (testsFirst) {
        const found = await tried(runTest);
        setFailure(found.kind === "failed" ? found : null);
        if (found.kind === "failed") return;
      }
      const result = await save({
        key: instance?.key ?? null,
        kind,
        name,
        url,
        apiKey: apiKey || null,
        isFourK,
      });
      const options = result.detail ? { description: result.detail } : {};
      if (result.kind === "refused") toast.error(result.words, options);
      else {
        if (!testsFirst) toast(result.words, options);
        setApiKey("");
        onSaved?.();
        router.refresh();
      }
    });
  };
  const example = kind === "sonarr" ? "http://sonarr:8989" : "http://radarr:7878";
  return (
    <form onSubmit={submit} className="grid gap-5">
      {lockedBy ? (
        <p className="inline-flex items-center gap-1.5 text-xs text-muted-foreground">
          <Lock aria-hidden className="size-3" />
          Set by the environment: change <code className="font-mono">{lockedBy}</code> where
          BingeAlert is started.
        </p>
      ) : null}
      <fieldset disabled={lockedBy !== null} className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <Field
          label="Name"
          help={
            isFurther
              ? `What tells it apart, such as ${product} 4K. Shown in timelines and alerts.`
              : "Shown in timelines and alerts."
          }
        >
          {(control) => (
            <input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              required
              maxLength={60}
              autoComplete="off"
              className={fieldClass}
            />
          )}
        </Field>
        <Field label="Serves" help="The same title in HD and in 4K are two outcomes.">
          {(control) => (
            <select
              {...control}
              value={isFourK ? "4k" : "hd"}
              onChange={(event) => setFourK(event.target.value === "4k")}
              className={fieldClass}
            >
              <option value="hd">HD requests</option>
              <option value="4k">4K requests</option>
            </select>
          )}
        </Field>
        <Field
          label="Address"
          help={`With its URL base, if it has one, such as ${example}/tv.`}
          className="sm:col-span-2"
        >
          {(control) => (
            <input
              {...control}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
              required
              placeholder={example}
              autoComplete="off"
              spellCheck={false}
              className={`${fieldClass} font-mono`}
            />
          )}
        </Field>
        <Field
          label="API key"
          help={`In ${product} under Settings, General.${instance ? " Left empty, the saved one stays." : ""}`}
          className="sm:col-span-2"
        >
          {(control) => (
            <input
              {...control}
              type="password"
              value={apiKey}
              onChange={(event) => setApiKey(event.target.value)}
              required={instance === null}
              placeholder={instance?.secretHint ?? undefined}
              autoComplete="new-password"
              className={`${fieldClass} font-mono`}
            />
          )}
        </Field>
      </fieldset>
      {testsFirst ? <TestResult result={failure} /> : <ConnectionTest test={runTest} />}
      {lockedBy ? null : (
        <div className="flex gap-2">
          <ServerButton type="submit" variant="primary" busy={busy}>
            {testsFirst
              ? busy
                ? "Testing"
                : failure
                  ? "Test again"
                  : "Test and save"
              : instance
                ? "Save"
                : `Add ${product}`}
          </ServerButton>
          {remove && instance ? (
            <ActionButton
              action={remove}
              label="Remove"
              busyLabel="Removing"
              variant="danger"
              confirm={{
                title: `Remove ${instance.name}?`,
                description:
                  "Its webhooks are no longer understood and what it imports is told to nobody. What people were told stays known.",
                button: `Remove ${instance.name}`,
                destructive: true,
              }}
            />
          ) : null}
        </div>
      )}
    </form>
  );
}
