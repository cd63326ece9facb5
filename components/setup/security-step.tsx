"use client";

import { type ReactNode, useId, useState } from "react";
import type { ActionResult } from "@/lib/domain/views/action-result";
import { Field } from "../settings/field";
import { fieldClass } from "../settings/setting-field";
import { type InstallWebhook, WebhookInstall } from "../settings/webhook-install";
import { WebhookBaseField } from "../settings/webhook-section";
import { Card, CardHead } from "../ui/card";
import { StepButton } from "./step-button";
import { WizardFoot } from "./wizard-page";

type Finish = (input: {
  login: "on" | "off";
  name: string;
  password: string;
}) => Promise<ActionResult>;

/** Webhooks into every service, a login, and the end of set-up. */
export function SecurityStep({
  services,
  base,
  login,
  ensureSecret,
  install,
  finish,
  byHand,
}: {
  services: { key: string; name: string; sign: string }[];
  /** Where the services probably reach us. */
  base: string;
  login: { accounts: number; loginOn: boolean; isLoginLocked: boolean };
  ensureSecret: () => Promise<ActionResult>;
  install: InstallWebhook;
  finish: Finish;
  /** How to set each sender up by hand. */
  byHand: ReactNode;
}) {
  const [typedBase, setTypedBase] = useState(base);
  const [wanted, setWanted] = useState<"on" | "off">(login.isLoginLocked ? "off" : "on");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const needsAccount = !login.loginOn && wanted === "on" && login.accounts === 0;
  const reason =
    needsAccount && (name.trim() === "" || password.length < 10)
      ? "Give the account a name and a password of 10 characters"
      : null;
  const withSecret: InstallWebhook = async (input) => {
    const made = await ensureSecret();
    return made.kind === "refused" ? made : install(input);
  };
  return (
    <>
      <div className="grid grid-cols-1 gap-4">
        <Card>
          <CardHead title="Webhooks" />
          <div className="grid gap-4 p-4">
            <p className="text-sm text-pretty text-muted-foreground">
              So that news arrives at once. Each gets a connection named BingeAlert with a secret,
              and calls back to prove it. What is there already is left alone.
            </p>
            <WebhookBaseField
              label="Where they reach BingeAlert"
              value={typedBase}
              onChange={setTypedBase}
            />
          </div>
          <ul>
            {services.map((service) => (
              <li key={service.key} className="border-t border-border px-4 py-3.5">
                <div className="flex items-center gap-3 max-sm:flex-wrap">
                  <span
                    aria-hidden
                    className="grid size-9 shrink-0 place-items-center rounded-md bg-muted text-xs font-semibold text-muted-foreground"
                  >
                    {service.sign}
                  </span>
                  <h3 className="min-w-20 text-base font-medium">{service.name}</h3>
                  <div className="min-w-0 flex-1 max-sm:has-[[data-result]]:basis-full [&>div]:justify-end">
                    <WebhookInstall
                      service={service.key}
                      name={service.name}
                      base={typedBase}
                      install={withSecret}
                    />
                  </div>
                </div>
              </li>
            ))}
          </ul>
          <details className="border-t border-border px-4 py-3">
            <summary className="w-fit cursor-pointer rounded-xs text-sm text-muted-foreground hover:text-foreground">
              Set them up by hand
            </summary>
            <div className="-mx-4 mt-2">{byHand}</div>
          </details>
        </Card>
        <Card>
          <CardHead title="Login" />
          <div className="grid gap-3 p-4">
            {login.loginOn ? (
              <p className="text-sm text-muted-foreground">
                Login is on. Sign in with the account that was made at the start.
              </p>
            ) : login.isLoginLocked ? (
              <p className="text-sm text-muted-foreground">
                Set by the environment: change <code className="font-mono">AUTH_ENABLED</code> where
                BingeAlert is started.
              </p>
            ) : (
              <LoginChoice
                wanted={wanted}
                choose={setWanted}
                accounts={login.accounts}
                name={name}
                setName={setName}
                password={password}
                setPassword={setPassword}
              />
            )}
          </div>
        </Card>
      </div>
      <WizardFoot back={{ href: "/setup/behaviour", name: "How it behaves" }} reason={reason}>
        <StepButton
          actions={[() => finish({ login: wanted, name: name.trim(), password })]}
          href="/setup/done"
          label="Finish"
          isReady={reason === null}
        />
      </WizardFoot>
    </>
  );
}

function LoginChoice({
  wanted,
  choose,
  accounts,
  name,
  setName,
  password,
  setPassword,
}: {
  wanted: "on" | "off";
  choose: (wanted: "on" | "off") => void;
  accounts: number;
  name: string;
  setName: (name: string) => void;
  password: string;
  setPassword: (password: string) => void;
}) {
  const id = useId();
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="sr-only">Who may use the dashboard</legend>
        {choices.map(({ key, label, help }) => (
          <label
            key={key}
            className="flex cursor-pointer items-start gap-3 rounded-md px-2 py-2 hover:bg-hover"
          >
            <input
              type="radio"
              name={`${id}-login`}
              checked={wanted === key}
              onChange={() => choose(key)}
              className="mt-[3px] size-4 shrink-0 accent-(--primary)"
            />
            <span>
              <span className="block text-sm font-medium">{label}</span>
              <span className="block text-sm text-muted-foreground">{help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {wanted === "on" && accounts === 0 ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name">
            {(control) => (
              <input
                {...control}
                value={name}
                onChange={(event) => setName(event.target.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={64}
                className={fieldClass}
              />
            )}
          </Field>
          <Field label="Password" help="At least 10 characters.">
            {(control) => (
              <input
                {...control}
                type="password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                autoComplete="new-password"
                className={fieldClass}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  );
}

const choices = [
  {
    key: "on",
    label: "Whoever signs in",
    help: "With a name and a password. Webhooks and the links in mails need no login.",
  },
  {
    key: "off",
    label: "Everybody who reaches it",
    help: "Only inside a network in which you trust everybody. It can be switched on later.",
  },
] as const;
