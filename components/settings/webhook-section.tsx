"use client";

import { useId, useState } from "react";
import { fieldClass } from "./setting-field";
import { type InstallWebhook, WebhookInstall } from "./webhook-install";

/** The webhook of one connected service, below its connection. */
export function WebhookSection({
  service,
  name,
  base,
  install,
}: {
  service: string;
  name: string;
  /** Suggested: where the service probably reaches us. */
  base: string;
  install: InstallWebhook;
}) {
  const [typed, setTyped] = useState(base);
  return (
    <section
      aria-label={`Webhook of ${name}`}
      className="mt-6 grid gap-4 border-t border-border pt-5"
    >
      <WebhookBaseField value={typed} onChange={setTyped} />
      <WebhookInstall service={service} name={name} base={typed} install={install} />
    </section>
  );
}

/** Where the services reach us: only they know that name. */
export function WebhookBaseField({
  label = "Where it reaches BingeAlert",
  value,
  onChange,
}: {
  label?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-help`}
        className={`${fieldClass} font-mono`}
      />
      <p id={`${id}-help`} className="mt-1.5 text-xs/[18px] text-muted-foreground">
        As seen from the service. In Docker, by the name of the container, such as
        http://bingealert:8000.
      </p>
    </div>
  );
}
