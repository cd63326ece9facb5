import { saveSettingsAction } from "@/app/(dashboard)/settings/actions";
import { BehaviourStep } from "@/components/setup/behaviour-step";
import { stepTitle, WizardPage } from "@/components/setup/wizard-page";
import { loadBehaviourStep, loadStep } from "@/lib/web/loaders/setup";
import { confirmBehaviourAction } from "../actions";

export const metadata = { title: stepTitle("behaviour") };

export default async function BehaviourPage() {
  const [setup, { fields }] = await Promise.all([loadStep("behaviour"), loadBehaviourStep()]);
  return (
    <WizardPage
      place="behaviour"
      done={setup.done}
      title="How it behaves"
      lead="Three questions. The recommended answers suit most households; all of it can be changed later."
    >
      <BehaviourStep fields={fields} save={saveSettingsAction} confirm={confirmBehaviourAction} />
    </WizardPage>
  );
}
