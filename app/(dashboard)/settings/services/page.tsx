import type { Metadata } from "next";
import { AddInstance } from "@/components/settings/add-instance";
import { InstanceForm } from "@/components/settings/instance-form";
import { PlexSettings } from "@/components/settings/plex-form";
import { SectionHead } from "@/components/settings/section-head";
import { ServiceCard } from "@/components/settings/service-card";
import { ServiceForm } from "@/components/settings/service-form";
import { WebhookSection } from "@/components/settings/webhook-section";
import type { ServiceStandingView } from "@/lib/domain/views/overview";
import { loadServiceStandings } from "@/lib/web/loaders/health";
import { loadServices } from "@/lib/web/loaders/settings";
import {
  installWebhookAction,
  removeInstanceAction,
  saveInstanceAction,
  saveSettingsAction,
  testConnectionAction,
} from "../actions";
import { plexSignInActions } from "./plex-sign-in";

export const metadata: Metadata = { title: "Connected services" };

export default async function ServicesPage() {
  const [{ seerr, plex, instances, webhookBase }, standings] = await Promise.all([
    loadServices(),
    loadServiceStandings(),
  ]);
  const statusOf = (key: string) => connectedStatus(standings.find((one) => one.key === key));
  return (
    <div className="grid grid-cols-1 gap-4">
      <SectionHead
        title="Connected services"
        lead="Changes apply to the next job. Nothing restarts."
      />
      <ServiceCard
        name="Seerr"
        sign="SE"
        where={seerr.url.value || "Not connected"}
        status={statusOf("seerr")}
        startsOpen={seerr.url.value === ""}
      >
        <ServiceForm
          service={seerr}
          name="Seerr"
          save={saveSettingsAction}
          test={testConnectionAction}
        />
        {seerr.url.value !== "" && seerr.secret.secretHint !== null ? (
          <WebhookSection
            service="seerr"
            name="Seerr"
            base={webhookBase}
            install={installWebhookAction}
          />
        ) : null}
      </ServiceCard>
      {instances.map((instance) => (
        <ServiceCard
          key={instance.key}
          name={instance.name}
          sign={instance.kind === "sonarr" ? "SO" : "RA"}
          where={instance.url}
          status={statusOf(instance.key)}
          {...(instance.isFourK ? { tag: "4K" } : {})}
        >
          <InstanceForm
            kind={instance.kind}
            instance={instance}
            save={saveInstanceAction}
            remove={removeInstanceAction.bind(null, { key: instance.key })}
            test={testConnectionAction}
          />
          <WebhookSection
            service={instance.key}
            name={instance.name}
            base={webhookBase}
            install={installWebhookAction}
          />
        </ServiceCard>
      ))}
      <AddInstance
        kinds={instances.map(({ kind }) => kind)}
        save={saveInstanceAction}
        test={testConnectionAction}
      />
      <ServiceCard
        name="Plex"
        sign="PL"
        where={plex.url.value || "Not connected: mails leave by the timer alone"}
        status={statusOf("plex")}
        {...(plex.url.value === "" ? { openLabel: "Connect" } : {})}
      >
        <PlexSettings
          plex={plex}
          save={saveSettingsAction}
          test={testConnectionAction}
          actions={plexSignInActions}
        />
      </ServiceCard>
    </div>
  );
}

/** What stands beside the name: how fast it answers is for the page of health. */
function connectedStatus(standing: ServiceStandingView | undefined) {
  if (!standing || standing.status.kind === "declined") return null;
  const { kind, word } = standing.status;
  return { kind, word: kind === "up" ? "Connected" : word };
}
