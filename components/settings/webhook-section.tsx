"use client";

import { useState } from "react";
import { Field } from "./field";
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
  return (
    <Field
      label={label}
      help="As seen from the service. In Docker, by the name of the container, such as http://bingealert:8000."
    >
      {(control) => (
        <input
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          className={`${fieldClass} font-mono`}
        />
      )}
    </Field>
  );
}
