"use client";

import { useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { SettingFieldView } from "@/lib/domain/views/settings";
import { type BehaviourChoice, behaviourGroups } from "@/lib/domain/views/setup";
import { BatchingPreview } from "../settings/batching-preview";
import { SettingField } from "../settings/setting-field";
import type { SaveSettings } from "../settings/settings-form";
import { useFieldProblems } from "../settings/use-field-problems";
import { Card } from "../ui/card";
import { Tag } from "../ui/tag";
import { StepButton } from "./step-button";
import { WizardFoot } from "./wizard-page";

/** Three questions in words, each with a recommended answer; the numbers behind them stand under Fine-tune. */
export function BehaviourStep({
  fields,
  save,
  confirm,
}: {
  fields: SettingFieldView[];
  save: SaveSettings;
  confirm: () => Promise<ActionResult>;
}) {
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  );
  const { problems, place, say, forget } = useFieldProblems<HTMLDivElement>();
  const isLocked = (choice: BehaviourChoice) =>
    fields.some(({ name, isLocked }) => isLocked && name in choice.values);
  const isChosen = (choice: BehaviourChoice) =>
    Object.entries(choice.values).every(([name, value]) => values[name] === value);
  const numbers = fields.filter(({ name }) => name.startsWith("NOTIFICATION_"));

  const keep = async (): Promise<ActionResult> => {
    const changed = fields.filter(
      ({ name, value, isLocked }) => !isLocked && values[name] !== value,
    );
    if (changed.length === 0) return { kind: "done", words: "Nothing was changed" };
    const result = await save(
      Object.fromEntries(changed.map(({ name }) => [name, values[name] ?? ""])),
    );
    say(result.problems ?? []);
    return result;
  };

  return (
    <>
      <div ref={place} className="grid grid-cols-1 gap-3">
        {behaviourGroups.map((group) => (
          <Card key={group.key} className="p-4">
            <fieldset>
              <legend className="mb-3 text-base font-medium">{group.title}</legend>
              <div className="grid gap-1">
                {group.choices.map((choice) => (
                  <label
                    key={choice.key}
                    className="flex cursor-pointer items-start gap-3 rounded-md px-2 py-2 hover:bg-hover has-disabled:cursor-not-allowed has-disabled:opacity-55"
                  >
                    <input
                      type="radio"
                      name={group.key}
                      checked={isChosen(choice)}
                      disabled={isLocked(choice)}
                      onChange={() => setValues((before) => ({ ...before, ...choice.values }))}
                      className="mt-[3px] size-4 shrink-0 accent-(--primary)"
                    />
                    <span>
                      <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
                        {choice.label}
                        {choice.isRecommended ? <Tag>Recommended</Tag> : null}
                      </span>
                      <span className="block text-sm text-muted-foreground">{choice.help}</span>
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
            {group.key === "batching" ? (
              <div className="mt-4 border-t border-border pt-4">
                <BatchingPreview values={values} />
                <details className="mt-3">
                  <summary className="w-fit cursor-pointer rounded-xs text-sm text-muted-foreground hover:text-foreground">
                    Fine-tune
                  </summary>
                  <div className="mt-4 grid gap-x-4 gap-y-5 sm:grid-cols-2">
                    {numbers.map((field) => (
                      <SettingField
                        key={field.name}
                        field={field}
                        value={values[field.name] ?? ""}
                        problem={problems[field.name] ?? null}
                        onChange={(value) => {
                          setValues((before) => ({ ...before, [field.name]: value ?? "" }));
                          forget(field.name);
                        }}
                      />
                    ))}
                  </div>
                </details>
              </div>
            ) : null}
          </Card>
        ))}
      </div>
      <WizardFoot back={{ href: "/setup/sync", name: "First sync" }}>
        <StepButton actions={[keep, confirm]} href="/setup/security" />
      </WizardFoot>
    </>
  );
}
