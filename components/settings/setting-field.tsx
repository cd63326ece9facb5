"use client";

import { Lock } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { accentColor } from "@/lib/domain/accent";
import type { SettingFieldView } from "@/lib/domain/views/settings";
import { takeFocus } from "../take-focus";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";

export const fieldClass =
  "h-9 w-full min-w-0 rounded-sm border border-input bg-card px-[11px] text-base outline-none focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-ring disabled:border-border-strong disabled:bg-muted disabled:text-muted-foreground aria-invalid:border-danger-text max-md:h-11 max-md:text-[16px] [&:is(select)]:pr-9";

/** One setting with its help. `value` null stands for a secret that is kept as it is. */
export function SettingField({
  field,
  value,
  problem,
  beside,
  onChange,
}: {
  field: SettingFieldView;
  value: string | null;
  problem: string | null;
  /** Said below its help. */
  beside?: ReactNode;
  onChange: (value: string | null) => void;
}) {
  const id = useId();
  const isWide = field.type !== "integer" && field.type !== "boolean" && field.type !== "choice";
  return (
    <div id={field.name} className={cn("scroll-mt-20", isWide && "sm:col-span-2")}>
      <div className="mb-1.5 flex items-baseline gap-3">
        <label htmlFor={id} className="text-sm font-medium">
          {field.label}
        </label>
        {field.isLocked ? (
          <span className="ml-auto inline-flex items-center gap-1.5 text-xs text-muted-foreground">
            <Lock aria-hidden className="size-3" />
            Set by the environment
          </span>
        ) : null}
      </div>
      <Control id={id} field={field} value={value} isWrong={problem !== null} onChange={onChange} />
      <p
        id={`${id}-help`}
        className={cn(
          "mt-1.5 text-xs/[18px] text-pretty",
          problem ? "text-danger-text" : "text-muted-foreground",
        )}
      >
        {problem ?? (field.isLocked ? <LockedWords name={field.name} /> : helpWords(field))}
      </p>
      {beside}
    </div>
  );
}

function LockedWords({ name }: { name: string }) {
  return (
    <>
      Change <code className="font-mono">{name}</code> where BingeAlert is started.
    </>
  );
}

/** Unit, range and default belong to the help: they are what one looks for before typing. */
function helpWords({ help, range, type, defaultValue, choices }: SettingFieldView): string {
  const parts = [help];
  if (range) parts.push(`${range}.`);
  else if (type === "choice") {
    const usual = choices.find((choice) => choice.value === defaultValue);
    if (usual) parts.push(`Default: ${usual.label}.`);
  }
  return parts.join(" ");
}

function Control({
  id,
  field,
  value,
  isWrong,
  onChange,
}: {
  id: string;
  field: SettingFieldView;
  value: string | null;
  isWrong: boolean;
  onChange: (value: string | null) => void;
}) {
  const shared = {
    id,
    disabled: field.isLocked,
    "aria-describedby": `${id}-help`,
    "aria-invalid": isWrong || undefined,
    className: fieldClass,
  };
  switch (field.type) {
    case "boolean":
      return (
        <select {...shared} value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
          <option value="true">On</option>
          <option value="false">Off</option>
        </select>
      );
    case "choice":
      return (
        <select {...shared} value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      );
    case "color":
      return <ColorInput shared={shared} value={value ?? ""} onChange={onChange} />;
    case "list":
      return field.choices.length > 0 ? (
        <ListChoices id={id} field={field} value={value ?? ""} onChange={onChange} />
      ) : (
        <TextInput {...shared} value={value ?? ""} onChange={onChange} />
      );
    case "secret":
      return <SecretInput shared={shared} field={field} value={value} onChange={onChange} />;
    case "integer":
      return (
        <div className="relative">
          <input
            {...shared}
            inputMode="numeric"
            value={value ?? ""}
            onChange={(event) => onChange(event.target.value)}
            className={cn(fieldClass, "num pr-20")}
          />
          <span className="pointer-events-none absolute inset-y-0 right-3 grid place-items-center text-sm text-muted-foreground">
            {field.unit}
          </span>
        </div>
      );
    default:
      return <TextInput {...shared} value={value ?? ""} onChange={onChange} />;
  }
}

function TextInput({
  onChange,
  ...props
}: Omit<React.ComponentProps<"input">, "onChange"> & { onChange: (value: string) => void }) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...props}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A colour as text, and the browser's picker for it. */
function ColorInput({
  shared,
  value,
  onChange,
}: {
  shared: React.ComponentProps<"input">;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <div className="flex gap-2">
      <input
        type="color"
        aria-label="Pick a colour"
        disabled={shared.disabled}
        value={accentColor(value)}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-12 shrink-0 cursor-pointer rounded-sm border border-input bg-card p-1 disabled:cursor-not-allowed max-md:h-11"
      />
      <TextInput
        {...shared}
        value={value}
        onChange={onChange}
        className={cn(fieldClass, "max-w-[160px] font-mono")}
      />
    </div>
  );
}

/** A secret is never shown: it can be replaced or, with an empty `value`, taken away. */
function SecretInput({
  shared,
  field,
  value,
  onChange,
}: {
  shared: React.ComponentProps<"input">;
  field: SettingFieldView;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const [replacing, setReplacing] = useState(false);
  const isShown = field.secretHint !== null && !replacing && value === null;
  if (isShown) {
    return (
      <div className="flex gap-2">
        <input
          {...shared}
          readOnly
          value={field.secretHint ?? ""}
          className={cn(fieldClass, "font-mono")}
        />
        {field.isLocked ? null : (
          <>
            <Button className="h-9 max-md:h-11" onClick={() => setReplacing(true)}>
              Replace
            </Button>
            <Button className="h-9 max-md:h-11" variant="danger" onClick={() => onChange("")}>
              Clear
            </Button>
          </>
        )}
      </div>
    );
  }
  const keep = () => {
    setReplacing(false);
    onChange(null);
  };
  const isCleared = field.secretHint !== null && value === "" && !replacing;
  return (
    <div className="flex gap-2">
      {isCleared ? (
        <input {...shared} readOnly value="Taken away when you save" />
      ) : (
        <input
          {...shared}
          ref={replacing ? takeFocus : undefined}
          type="password"
          autoComplete="new-password"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
      {field.secretHint ? (
        <Button className="h-9 max-md:h-11" variant="ghost" onClick={keep}>
          Keep it
        </Button>
      ) : null}
    </div>
  );
}

/** A list of known words as boxes. An empty text stands for all of them, `none` for nothing. */
function ListChoices({
  id,
  field,
  value,
  onChange,
}: {
  id: string;
  field: SettingFieldView;
  value: string;
  onChange: (value: string) => void;
}) {
  const words = field.choices.filter((choice) => choice.value !== "none");
  const written = value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  const chosen = new Set(written.length === 0 ? words.map((word) => word.value) : written);
  const choose = (word: string, isChosen: boolean) => {
    const next = words.filter((one) => (one.value === word ? isChosen : chosen.has(one.value)));
    const texts = next.map((one) => one.value);
    onChange(texts.length === words.length ? "" : texts.join(",") || "none");
  };
  return (
    <fieldset
      id={id}
      disabled={field.isLocked}
      aria-describedby={`${id}-help`}
      className="grid gap-x-5 gap-y-1.5 min-[360px]:grid-cols-2 max-md:gap-y-0"
    >
      <legend className="sr-only">{field.label}</legend>
      {words.map((choice) => (
        <label
          key={choice.value}
          className="flex items-center gap-2 text-sm text-muted-foreground max-md:min-h-11"
        >
          <input
            type="checkbox"
            checked={chosen.has(choice.value)}
            onChange={(event) => choose(choice.value, event.target.checked)}
            className="size-4 accent-(--primary)"
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
