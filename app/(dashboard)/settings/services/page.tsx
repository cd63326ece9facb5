import type { Metadata } from "next";
import { AddInstance } from "@/components/settings/add-instance";
import { InstanceForm } from "@/components/settings/instance-form";
import { SectionHead } from "@/components/settings/section-head";
import { ServiceCard } from "@/components/settings/service-card";
import { ServiceForm } from "@/components/settings/service-form";
import { WebhookSection } from "@/components/settings/webhook-section";
import { loadServices } from "@/lib/web/loaders/settings";
import {
  installWebhookAction,
  removeInstanceAction,
  saveInstanceAction,
  saveSettingsAction,
  testConnectionAction,
} from "../actions";

export const metadata: Metadata = { title: "Connected services" };

export default async function ServicesPage() {
  const { seerr, plex, instances, webhookBase } = await loadServices();
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
      <AddInstance save={saveInstanceAction} test={testConnectionAction} />
      <ServiceCard
        name="Plex"
        sign="PL"
        where={plex.url.value || "Not connected: mails leave by the timer alone"}
      >
        <ServiceForm
          service={plex}
          name="Plex"
          save={saveSettingsAction}
          test={testConnectionAction}
        />
      </ServiceCard>
    </div>
  );
}
