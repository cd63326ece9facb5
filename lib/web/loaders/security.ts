import "server-only";
import { headers } from "next/headers";
import {
  type SettingDefinition,
  type SettingName,
  settingDefinitions,
} from "@/lib/domain/settings";
import { type DeedView, deedView } from "@/lib/domain/views/activity";
import {
  type ApiKeyView,
  browserWords,
  type SecurityField,
  type SessionView,
} from "@/lib/domain/views/security";
import { rangeAndDefault } from "@/lib/domain/views/settings";
import { type ClientAddress, readClientAddress } from "@/lib/runtime/peer-address";
import { listAccounts } from "@/lib/services/access/admin-accounts";
import { readLoginState } from "@/lib/services/access/switch-login";
import { publicAddress } from "@/lib/services/public-address";
import { isLocked } from "@/lib/services/settings/change-settings";
import { readWebhookSecretState } from "@/lib/services/settings/webhook-secret-state";
import { listAdminSessions } from "@/lib/store/admin-sessions";
import { listApiKeys } from "@/lib/store/api-keys";
import { listAuditEntries } from "@/lib/store/audit";
import { webContext } from "../service-context";
import { requireViewer, type Viewer } from "../viewer";
import { secretHint } from "./setting-fields";

export type SecurityView = {
  loginOn: boolean;
  /** AUTH_ENABLED is given by the environment. */
  isLoginLocked: boolean;
  accounts: string[];
  viewer: { kind: Viewer["kind"]; name: string };
  /** How this very request came in. */
  connection: ClientAddress | null;
  sessions: SessionView[];
  session: SecurityField[];
  network: SecurityField[];
  turnstile: SecurityField[];
  webhook: SecurityField[];
  metrics: SecurityField[];
  /** A webhook secret was set, and what held it is gone: all webhooks are refused. */
  isWebhookSecretLost: boolean;
  apiKeys: ApiKeyView[];
  /** Without a slash at its end. */
  publicAddress: string | null;
  /** The newest of what was done to all this. */
  deeds: DeedView[];
};

const DEEDS = 5;

/** Everything about who gets in, and what was done. */
export async function loadSecurity(): Promise<SecurityView> {
  const viewer = await requireViewer();
  const ctx = webContext();
  const { db } = ctx.database;
  const now = ctx.now();
  const [config, sent] = await Promise.all([ctx.loadConfig(), headers()]);
  const [loginOn, secretState, accounts, sessions, keys, deeds] = await Promise.all([
    readLoginState(db, config, now),
    readWebhookSecretState(db, config.settings.WEBHOOK_SECRET, now),
    listAccounts(db),
    listAdminSessions(db, now),
    listApiKeys(db, { before: null, limit: 200 }),
    listAuditEntries(
      db,
      { actor: null, area: "security", text: null },
      { before: null, limit: DEEDS },
    ),
  ]);
  const fieldsOf = (names: SettingName[]) =>
    names.map((name) => fieldOf(name, String(config.settings[name])));
  return {
    loginOn,
    isLoginLocked: isLocked("AUTH_ENABLED", process.env),
    accounts: accounts.map(({ name }) => name),
    viewer: { kind: viewer.kind, name: viewer.actor },
    connection: readClientAddress(sent),
    sessions: sessions.map(({ session, name }) => ({
      publicId: session.publicId,
      name,
      browser: browserWords(session.userAgent),
      address: session.address,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      isThisOne: viewer.kind === "admin" && viewer.sessionId === session.publicId,
    })),
    session: fieldsOf(["SESSION_TIMEOUT_HOURS"]),
    network: fieldsOf(["PUBLIC_BASE_URL", "LOCAL_NETWORKS", "TRUSTED_PROXIES", "ALLOWED_HOSTS"]),
    turnstile: fieldsOf(["TURNSTILE_SITE_KEY", "TURNSTILE_SECRET_KEY"]),
    webhook: fieldsOf(["WEBHOOK_SECRET", "WEBHOOK_ALLOWED_IPS"]),
    metrics: fieldsOf(["METRICS_TOKEN"]),
    isWebhookSecretLost: secretState === "lost",
    apiKeys: keys.map(({ id, keyHash: _secret, revokedAt: _none, ...key }) => ({
      keyId: id,
      ...key,
    })),
    publicAddress: publicAddress(config),
    deeds: deeds.map(deedView),
  };
}

function fieldOf(name: SettingName, value: string): SecurityField {
  const definition: SettingDefinition = settingDefinitions[name];
  const isSecret = definition.type === "secret";
  return {
    name,
    label: definition.label,
    help:
      definition.type === "integer"
        ? `${definition.help} ${rangeAndDefault(definition)}.`
        : definition.help,
    value: isSecret ? "" : value,
    unit: "unit" in definition ? definition.unit : "",
    isLocked: isLocked(name, process.env),
    isSecret,
    secretHint: isSecret && value !== "" ? secretHint(value) : null,
  };
}
