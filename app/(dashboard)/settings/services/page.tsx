import type { Metadata } from "next";
import { AddInstance } from "@/components/settings/add-instance";
import { InstanceForm } from "@/components/settings/instance-form";
import { SectionHead } from "@/components/settings/section-head";
import { ServiceCard } from "@/components/settings/service-card";
import { ServiceForm } from "@/components/settings/service-form";
import { loadServices } from "@/lib/web/loaders/settings";
import {
  removeInstanceAction,
  saveInstanceAction,
  saveSettingsAction,
  testConnectionAction,
} from "../actions";

export const metadata: Metadata = { title: "Connected services" };

export default async function ServicesPage() {
  const { seerr, plex, instances } = await loadServices();
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
