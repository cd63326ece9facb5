import { BellRing, Clock, MailCheck } from "lucide-react";
import Link from "next/link";
import { StepButton } from "@/components/setup/step-button";
import { TokenForm } from "@/components/setup/token-form";
import { WizardPage } from "@/components/setup/wizard-page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { setupStepNames } from "@/lib/domain/views/setup";
import { loadWelcome } from "@/lib/web/loaders/setup";
import { beginAction, showTokenAction } from "./actions";

const sentences = [
  {
    icon: BellRing,
    words: "It hears from Seerr who asked for what, and from Sonarr and Radarr what arrived.",
  },
  {
    icon: Clock,
    words: "It waits until Plex can really play it, and gathers episodes that arrive together.",
  },
  {
    icon: MailCheck,
    words: "It sends one good mail to everybody who asked, and says while they wait what for.",
  },
];

export default async function WelcomePage() {
  const welcome = await loadWelcome();
  if (welcome.kind === "token_needed") {
    return (
      <WizardPage
        key="token"
        place="welcome"
        done={[]}
        title="Set up BingeAlert"
        lead="You are not on the machine that it runs on. The token in its log shows that this is yours to set up."
      >
        <TokenForm show={showTokenAction} />
      </WizardPage>
    );
  }
  const { isFresh, done, next } = welcome.setup;
  return (
    <WizardPage
      place="welcome"
      done={done}
      title="Welcome to BingeAlert"
      lead="It tells the person who asked that it is ready to watch."
    >
      <Card>
        <ul>
          {sentences.map(({ icon: Icon, words }) => (
            <li
              key={words}
              className="flex items-center gap-3.5 border-b border-border px-4 py-3.5 last:border-0"
            >
              <Icon aria-hidden className="size-[18px] shrink-0 text-muted-foreground" />
              <span className="text-pretty">{words}</span>
            </li>
          ))}
        </ul>
      </Card>
      <div className="mt-[22px] flex flex-wrap items-center gap-3 max-sm:flex-col max-sm:items-stretch">
        {isFresh ? (
          <StepButton actions={[beginAction]} href="/setup/mail" label="Start" />
        ) : (
          <Button asChild variant="primary" size="large">
            <Link href={`/setup/${next}`}>Go on with {setupStepNames[next]}</Link>
          </Button>
        )}
        <Button asChild size="large">
          <Link href="/setup/restore">Restore a backup</Link>
        </Button>
      </div>
      <p className="mt-5 text-sm text-pretty text-muted-foreground">
        To look around first, run <code className="font-mono">npm run demo</code> in its source
        folder: the whole flow with simulated services, and no mail leaves the machine.
      </p>
    </WizardPage>
  );
}
