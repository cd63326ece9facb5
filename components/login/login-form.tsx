"use client";

import { Turnstile, type TurnstileInstance } from "@marsidev/react-turnstile";
import { Eye, EyeOff, OctagonX } from "lucide-react";
import { useActionState, useEffect, useRef, useState } from "react";
import type { LoginRefusal } from "@/lib/domain/views/login";
import { Notice } from "../notice";
import { ServerButton } from "../server-button";
import { Field } from "../settings/field";
import { fieldClass } from "../settings/setting-field";
import { TooltipProvider } from "../ui/tooltip";

/** How long the check by Cloudflare may take to appear before we say that it does not. */
const CHECK_PATIENCE_MS = 12_000;

/** Name, password, and Turnstile where it guards the sign-in. Works without scripts where it does not. */
export function LoginForm({
  action,
  next,
  turnstileSiteKey,
  nonce,
  hasAccount,
}: {
  action: (before: LoginRefusal | null, form: FormData) => Promise<LoginRefusal | null>;
  next: string;
  turnstileSiteKey: string | null;
  nonce: string;
  hasAccount: boolean;
}) {
  const [refusal, submit, busy] = useActionState(action, null);
  const [shown, setShown] = useState(false);
  const [name, setName] = useState("");
  return (
    <form action={submit} className="grid gap-4">
      <div aria-live="polite" className="grid gap-4 empty:hidden">
        {refusal ? (
          <Notice tone="failed" icon={OctagonX} title={refusal.words}>
            {refusal.detail}
          </Notice>
        ) : null}
        {hasAccount ? null : (
          <Notice tone="retrying" icon={OctagonX} title="There is no account yet">
            Make one on the server itself:{" "}
            <code className="font-mono">npm run admin -- create</code>
          </Notice>
        )}
      </div>
      <input type="hidden" name="next" value={next} />
      <Field label="Name">
        {(control) => (
          <input
            {...control}
            name="name"
            className={`${fieldClass} h-10`}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <div className="relative">
            <input
              {...control}
              name="password"
              type={shown ? "text" : "password"}
              className={`${fieldClass} h-10 pr-11`}
              autoComplete="current-password"
              required
            />
            <button
              type="button"
              aria-label={shown ? "Hide the password" : "Show the password"}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
              className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-sm text-muted-foreground hover:text-foreground"
            >
              {shown ? (
                <EyeOff aria-hidden className="size-4" />
              ) : (
                <Eye aria-hidden className="size-4" />
              )}
            </button>
          </div>
        )}
      </Field>
      {turnstileSiteKey ? (
        <CloudflareCheck siteKey={turnstileSiteKey} nonce={nonce} refusal={refusal} />
      ) : null}
      <TooltipProvider delayDuration={300}>
        <ServerButton type="submit" variant="primary" size="large" className="w-full" busy={busy}>
          {busy ? "Signing in" : "Sign in"}
        </ServerButton>
      </TooltipProvider>
    </form>
  );
}

/** Its box is 65 high from the start. Each answer counts once, so a refused sign-in asks for another. */
function CloudflareCheck({
  siteKey,
  nonce,
  refusal,
}: {
  siteKey: string;
  nonce: string;
  refusal: LoginRefusal | null;
}) {
  const widget = useRef<TurnstileInstance | null>(null);
  const [missing, setMissing] = useState(false);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    if (refusal) widget.current?.reset();
  }, [refusal]);
  useEffect(() => {
    if (loaded) return;
    const timer = setTimeout(() => setMissing(true), CHECK_PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [loaded]);
  return (
    <div>
      <div className="min-h-[65px] overflow-hidden">
        <Turnstile
          ref={widget}
          siteKey={siteKey}
          options={{ action: "login", size: "flexible", theme: "auto", language: "en" }}
          scriptOptions={{ nonce, onError: () => setMissing(true) }}
          onWidgetLoad={() => {
            setLoaded(true);
            setMissing(false);
          }}
          onError={() => setMissing(true)}
        />
      </div>
      {missing ? (
        <p role="alert" className="mt-2 text-sm">
          The check by Cloudflare did not load, so sign-in is closed. The way back in is on the
          server itself: <code className="font-mono">npm run admin -- reset-password</code>
        </p>
      ) : null}
    </div>
  );
}
