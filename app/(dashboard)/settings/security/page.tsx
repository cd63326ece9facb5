import { LogOut, ShieldAlert } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { signOutAction } from "@/app/(auth)/login/actions";
import { ActionButton } from "@/components/action-button";
import { DeedList } from "@/components/activity/deed-list";
import { EmptyState } from "@/components/empty-state";
import { Notice } from "@/components/notice";
import { ApiKeyList } from "@/components/security/api-key-list";
import { FieldsForm, type PlainField } from "@/components/security/fields-form";
import { NewSecretButton } from "@/components/security/new-secret-button";
import { SenderHelp } from "@/components/security/sender-help";
import { SessionList } from "@/components/security/session-list";
import { SectionHead } from "@/components/settings/section-head";
import { Button } from "@/components/ui/button";
import { Card, CardHead } from "@/components/ui/card";
import { basePath } from "@/lib/base-path";
import { settingSections } from "@/lib/domain/settings";
import { plural } from "@/lib/domain/views/count-words";
import { loadSecurity, type SecurityView } from "@/lib/web/loaders/security";
import { requestHost } from "@/lib/web/same-origin";
import { currentReader } from "@/lib/web/viewer";
import {
  acceptWithoutSecretAction,
  changePasswordAction,
  createAccountAction,
  createApiKeyAction,
  endOtherSessionsAction,
  endSessionAction,
  renewWebhookSecretAction,
  revokeApiKeyAction,
  saveSecurityAction,
  switchLoginAction,
} from "./actions";

export const metadata: Metadata = { title: settingSections.security };

const nameField: PlainField = {
  name: "name",
  label: "Name",
  type: "text",
  autoComplete: "username",
};
const freshField: PlainField = {
  name: "fresh",
  label: "New password",
  help: "At least 10 characters.",
  type: "password",
  autoComplete: "new-password",
};

export default async function SecurityPage() {
  const [view, reader, sent] = await Promise.all([loadSecurity(), currentReader(), headers()]);
  const host = requestHost(sent) ?? "bingealert:8000";
  const secret = view.webhook.find((field) => field.name === "WEBHOOK_SECRET");
  return (
    <div className="grid gap-4">
      <SectionHead title={settingSections.security} lead={verdict(view)} />

      {!view.loginOn && view.connection?.route !== "direct" ? (
        <Notice
          tone="retrying"
          icon={ShieldAlert}
          title="Login is off, and this came through a proxy"
        >
          Whoever reaches the proxy reaches everything here. Switch login on.
        </Notice>
      ) : null}

      <Section title="Login">
        <LoginSwitch view={view} />
        <FieldsForm settings={view.session} action={saveSecurityAction} button="Save" />
      </Section>

      <Section title={view.accounts.length > 0 ? "Password" : "First account"}>
        {view.accounts.length > 0 ? (
          <>
            <p className="text-sm text-muted-foreground">
              {plural(view.accounts.length, "account")}: {view.accounts.join(", ")}. A new password
              ends all sessions of its account. Whoever forgot theirs runs{" "}
              <code className="font-mono">npm run admin -- reset-password</code> on the server.
            </p>
            <FieldsForm
              fields={[
                nameField,
                {
                  name: "current",
                  label: "Current password",
                  type: "password",
                  autoComplete: "current-password",
                },
                freshField,
              ]}
              action={changePasswordAction}
              button="Change the password"
            />
          </>
        ) : (
          <FieldsForm
            fields={[nameField, freshField]}
            action={createAccountAction}
            button="Make the account"
          />
        )}
      </Section>

      <Card>
        <CardHead title="Sessions">
          {view.viewer.kind === "admin" ? (
            <form action={signOutAction}>
              <Button type="submit" variant="ghost" size="row">
                <LogOut aria-hidden />
                Sign out
              </Button>
            </form>
          ) : null}
          {view.sessions.length > 1 ? (
            <ActionButton
              action={endOtherSessionsAction}
              label="End all others"
              busyLabel="Ending"
              variant="danger"
              size="row"
            />
          ) : null}
        </CardHead>
        <SessionList sessions={view.sessions} reader={reader} end={endSessionAction} />
      </Card>

      <Section title="Network">
        <p className="text-sm text-muted-foreground">{connectionWords(view)}</p>
        <FieldsForm settings={view.network} action={saveSecurityAction} button="Save" />
      </Section>

      <Section title="Turnstile">
        <p className="text-sm text-muted-foreground">
          With both keys, Cloudflare has to confirm each sign-in; when it cannot be reached, nobody
          gets in that way. One key alone does nothing. The way back in is{" "}
          <code className="font-mono">npm run admin -- reset-password</code> on the server.
        </p>
        <FieldsForm settings={view.turnstile} action={saveSecurityAction} button="Save" />
      </Section>

      <Card>
        <CardHead title="API keys" />
        <ApiKeyList keys={view.apiKeys} reader={reader} revoke={revokeApiKeyAction} />
        <div className="grid gap-4 p-4">
          <p className="text-sm text-muted-foreground">
            Programs send a key as <code className="font-mono">X-Api-Key</code> to{" "}
            <code className="font-mono">/api/v1</code>. While login is off they need none.
          </p>
          <FieldsForm
            fields={[{ name: "name", label: "Name", type: "text", autoComplete: "off" }]}
            choice={{
              name: "scope",
              label: "It may",
              options: [
                { value: "read", label: "Read" },
                { value: "admin", label: "Read and change" },
              ],
            }}
            action={createApiKeyAction}
            button="Make a key"
          />
        </div>
      </Card>

      <Card>
        <CardHead title="Webhooks" />
        <div className="grid gap-4 p-4">
          {view.isWebhookSecretLost ? (
            <>
              <Notice tone="failed" icon={ShieldAlert} title="The webhook secret is lost">
                One was set, and what held it is gone. Until there is one again all webhooks are
                refused; what they would have said is found by the next check.
              </Notice>
              <ActionButton
                action={acceptWithoutSecretAction}
                label="Accept webhooks without a secret"
                busyLabel="Saving"
                variant="danger"
                confirm={{
                  title: "Accept webhooks without a secret?",
                  description: "Whoever reaches this address can then send made-up events.",
                  button: "Accept them",
                  destructive: true,
                }}
              />
            </>
          ) : null}
          {secret && !secret.isLocked ? (
            <NewSecretButton action={renewWebhookSecretAction} isSet={secret.secretHint !== null} />
          ) : null}
          <FieldsForm settings={view.webhook} action={saveSecurityAction} button="Save" />
        </div>
        <SenderHelp
          base={view.publicAddress ?? `http://${host}${basePath}`}
          hasSecret={secret?.secretHint != null}
        />
      </Card>

      <Section title="Metrics">
        <FieldsForm settings={view.metrics} action={saveSecurityAction} button="Save" />
      </Section>

      <Card>
        <CardHead title="What was done">
          <Button asChild variant="ghost" size="row">
            <Link href="/activity?area=security">All of it</Link>
          </Button>
        </CardHead>
        {view.deeds.length > 0 ? (
          <DeedList deeds={view.deeds} reader={reader} />
        ) : (
          <EmptyState>Nothing was done yet. Every change by an admin appears here.</EmptyState>
        )}
      </Card>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <CardHead title={title} />
      <div className="grid gap-4 p-4">{children}</div>
    </Card>
  );
}

function LoginSwitch({ view }: { view: SecurityView }) {
  if (view.isLoginLocked) {
    return (
      <p className="text-sm text-muted-foreground">
        Set by the environment: change <code className="font-mono">AUTH_ENABLED</code> where
        BingeAlert is started.
      </p>
    );
  }
  if (view.loginOn) {
    return (
      <div>
        <ActionButton
          action={switchLoginAction.bind(null, "off")}
          label="Switch login off"
          busyLabel="Switching"
          variant="danger"
          confirm={{
            title: "Switch login off?",
            description: "Everybody who reaches this address can then see and change everything.",
            button: "Switch login off",
            destructive: true,
          }}
        />
      </div>
    );
  }
  if (view.accounts.length === 0) {
    return (
      <p className="text-sm text-muted-foreground">
        Login can be switched on once there is an account with a password: make one below.
      </p>
    );
  }
  return (
    <div>
      <ActionButton
        action={switchLoginAction.bind(null, "on")}
        label="Switch login on"
        busyLabel="Switching"
        variant="primary"
        confirm={{
          title: "Switch login on?",
          description: "You have to sign in right after this, with the name and password below.",
          button: "Switch login on",
        }}
      />
    </div>
  );
}

function verdict(view: SecurityView): string {
  if (!view.loginOn) return "Login is off: everybody who reaches this address is the admin.";
  const signedIn =
    view.sessions.length === 0
      ? "Nobody is signed in"
      : `${plural(view.sessions.length, "session")} signed in`;
  return `Login is on. ${signedIn}${view.viewer.kind === "local_network" ? "; you are in by the local network" : ""}.`;
}

function connectionWords({ connection }: SecurityView): string {
  if (!connection) return "This server does not know where connections come from.";
  switch (connection.route) {
    case "direct":
      return `You come directly from ${connection.client}.`;
    case "proxy":
      return `You come from ${connection.client}, through the proxy ${connection.peer}.`;
    case "unclear":
      return `You come through ${connection.peer}, which is not listed as a proxy, so your own address is not known. If it is yours, list it below.`;
  }
}
