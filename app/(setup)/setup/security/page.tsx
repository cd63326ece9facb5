import { installWebhookAction } from "@/app/(dashboard)/settings/actions";
import { SenderHelp } from "@/components/security/sender-help";
import { SecurityStep } from "@/components/setup/security-step";
import { stepTitle, WizardPage } from "@/components/setup/wizard-page";
import { loadServices } from "@/lib/web/loaders/settings";
import { loadSecurityStep, loadStep } from "@/lib/web/loaders/setup";
import { ensureSecretAction, finishAction } from "../actions";

export const metadata = { title: stepTitle("security") };

export default async function SecurityPage() {
  const [setup, login, services] = await Promise.all([
    loadStep("security"),
    loadSecurityStep(),
    loadServices(),
  ]);
  const { instances, webhookBase } = services;
  return (
    <WizardPage
      place="security"
      done={setup.done}
      title="Security and webhooks"
      lead="How the services reach BingeAlert, and who may use this dashboard."
    >
      <SecurityStep
        services={[
          { key: "seerr", name: "Seerr", sign: "SE" },
          ...instances.map(({ key, name, kind }) => ({
            key,
            name,
            sign: kind === "sonarr" ? "SO" : "RA",
          })),
        ]}
        base={webhookBase}
        login={login}
        ensureSecret={ensureSecretAction}
        install={installWebhookAction}
        finish={finishAction}
        byHand={<SenderHelp base={webhookBase} hasSecret={login.hasWebhookSecret} />}
      />
    </WizardPage>
  );
}
