import { Inbox, LibraryBig, MailCheck, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { WizardPage } from "@/components/setup/wizard-page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { loadDone } from "@/lib/web/loaders/setup";

export const metadata = { title: "Set up, done" };

export default async function DonePage() {
  const { loginOn } = await loadDone();
  const next = [
    {
      icon: Inbox,
      title: "The next request tells itself",
      words:
        "As soon as somebody asks in Seerr, it stands under Requests with everything that is decided about it.",
    },
    {
      icon: MailCheck,
      title: "The first mail leaves when it plays",
      words:
        "Nobody is mailed about what was there before. A mail that waits says under Notifications what for.",
    },
    {
      icon: LibraryBig,
      title: "What a webhook misses is found anyway",
      words: "Every two hours everything is compared. A backup is made by itself.",
    },
    {
      icon: ShieldCheck,
      title: loginOn ? "Login is on" : "Login is off",
      words: loginOn
        ? "Whoever forgets the password runs npm run admin -- reset-password on the server."
        : "Everybody who reaches this address is the admin, until login is switched on under Settings.",
    },
  ];
  return (
    <WizardPage
      place="done"
      done={[]}
      title="That is all. BingeAlert listens."
      lead="Set-up is over and stays so. Everything you chose can be changed under Settings."
    >
      <Card>
        <ul>
          {next.map(({ icon: Icon, title, words }) => (
            <li
              key={title}
              className="flex gap-3.5 border-b border-border px-4 py-3.5 last:border-0"
            >
              <Icon aria-hidden className="mt-0.5 size-[18px] shrink-0 text-muted-foreground" />
              <div>
                <div className="font-medium">{title}</div>
                <div className="text-sm text-pretty text-muted-foreground">{words}</div>
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <div className="mt-[22px] flex">
        <Button asChild variant="primary" size="large" className="max-sm:flex-1">
          <Link href="/">Open the dashboard</Link>
        </Button>
      </div>
    </WizardPage>
  );
}
