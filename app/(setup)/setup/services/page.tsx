import {
  removeInstanceAction,
  saveInstanceAction,
  saveSettingsAction,
  testConnectionAction,
} from "@/app/(dashboard)/settings/actions";
import { plexSignInActions } from "@/app/(dashboard)/settings/services/plex-sign-in";
import { ServicesStep } from "@/components/setup/services-step";
import { stepTitle, WizardPage } from "@/components/setup/wizard-page";
import { loadServices } from "@/lib/web/loaders/settings";
import { loadStep } from "@/lib/web/loaders/setup";
import { startSyncAction } from "../actions";

export const metadata = { title: stepTitle("services") };

export default async function ServicesPage() {
  const [setup, services] = await Promise.all([loadStep("services"), loadServices()]);
  return (
    <WizardPage
      place="services"
      done={setup.done}
      title="Connect your services"
      lead="Each is tested before you go on. Anime or 4K instances can be added now or later."
    >
      <ServicesStep
        services={services}
        saveSettings={saveSettingsAction}
        saveInstance={saveInstanceAction}
        removeInstance={removeInstanceAction}
        test={testConnectionAction}
        plexSignIn={plexSignInActions}
        startSync={startSyncAction}
      />
    </WizardPage>
  );
}
