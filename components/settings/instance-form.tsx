"use client";

import { Lock } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { toast } from "sonner";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView, InstanceFieldsView } from "@/lib/domain/views/settings";
import { ActionButton } from "../action-button";
import { ServerButton } from "../server-button";
import { ConnectionTest, TestResult, tried } from "./connection-test";
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
  save,
  remove,
  test,
  testsFirst = false,
  onSaved,
}: {
  kind: "sonarr" | "radarr";
  /** Null for a new one. */
  instance: InstanceFieldsView | null;
  save: SaveInstance;
  remove?: () => Promise<ActionResult>;
  test: TestConnection;
  /** One button that saves only what works. */
  testsFirst?: boolean;
  onSaved?: () => void;
}) {
  const router = useRouter();
  const id = useId();
  const product = kind === "sonarr" ? "Sonarr" : "Radarr";
  const [name, setName] = useState(instance?.name ?? product);
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
        <div>
          <label htmlFor={`${id}-name`} className="mb-1.5 block text-sm font-medium">
            Name
          </label>
          <input
            id={`${id}-name`}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={60}
            autoComplete="off"
            className={fieldClass}
          />
          <Help>Shown in timelines and alerts.</Help>
        </div>
        <div>
          <label htmlFor={`${id}-class`} className="mb-1.5 block text-sm font-medium">
            Serves
          </label>
          <select
            id={`${id}-class`}
            value={isFourK ? "4k" : "hd"}
            onChange={(event) => setFourK(event.target.value === "4k")}
            className={fieldClass}
          >
            <option value="hd">HD requests</option>
            <option value="4k">4K requests</option>
          </select>
          <Help>The same title in HD and in 4K are two outcomes.</Help>
        </div>
        <div className="sm:col-span-2">
          <label htmlFor={`${id}-url`} className="mb-1.5 block text-sm font-medium">
            Address
          </label>
          <input
            id={`${id}-url`}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            required
            placeholder={example}
            autoComplete="off"
            spellCheck={false}
            className={`${fieldClass} font-mono`}
          />
          <Help>With its URL base, if it has one, such as {example}/tv.</Help>
        </div>
        <div className="sm:col-span-2">
          <label htmlFor={`${id}-key`} className="mb-1.5 block text-sm font-medium">
            API key
          </label>
          <input
            id={`${id}-key`}
            type="password"
            value={apiKey}
            onChange={(event) => setApiKey(event.target.value)}
            required={instance === null}
            placeholder={instance?.secretHint ?? undefined}
            autoComplete="new-password"
            className={`${fieldClass} font-mono`}
          />
          <Help>
            In {product} under Settings, General.
            {instance ? " Left empty, the saved one stays." : ""}
          </Help>
        </div>
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

function Help({ children }: { children: React.ReactNode }) {
  return <p className="mt-1.5 text-xs/[18px] text-muted-foreground">{children}</p>;
}
