import { saveSettingsAction } from "@/app/(dashboard)/settings/actions";
import { MailStep } from "@/components/setup/mail-step";
import { stepTitle, WizardPage } from "@/components/setup/wizard-page";
import { loadMailStep, loadStep } from "@/lib/web/loaders/setup";
import { confirmMailAction, tryMailAction } from "../actions";

export const metadata = { title: stepTitle("mail") };

export default async function MailPage() {
  const [setup, { fields }] = await Promise.all([loadStep("mail"), loadMailStep()]);
  return (
    <WizardPage
      place="mail"
      done={setup.done}
      title="How mails leave"
      lead="A provider fills in the server; the test says what the server answers, in its own words."
    >
      <MailStep
        fields={fields}
        isDone={setup.done.includes("mail")}
        save={saveSettingsAction}
        tryMail={tryMailAction}
        confirm={confirmMailAction}
      />
    </WizardPage>
  );
}
