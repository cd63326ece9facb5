import type { Metadata } from "next";
import Link from "next/link";
import { EmptyState } from "@/components/empty-state";
import { HeldReview } from "@/components/mails/held-review";
import { Moment } from "@/components/relative-time";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { plural } from "@/lib/domain/views/count-words";
import { fullSentence } from "@/lib/domain/views/full-sentence";
import { whenPhrase } from "@/lib/domain/views/moment-words";
import { loadHeldReview } from "@/lib/web/loaders/held-review";
import { currentReader } from "@/lib/web/viewer";
import { settleHeldAction } from "../actions";

export const metadata: Metadata = { title: "Mails on hold" };

export default async function HeldPage() {
  const [view, reader] = await Promise.all([loadHeldReview(), currentReader()]);
  return (
    <Page title="Mails on hold" parent={{ label: "Notifications", href: "/notifications" }}>
      <div className="mb-5 max-md:px-1">
        <h1 className="verdict">
          {view
            ? `${plural(view.count, "mail is", "mails are")} on hold, for ${plural(view.people, "person", "people")}.`
            : "No mail is on hold."}
        </h1>
        {view ? (
          <p className="num mt-1 text-muted-foreground">
            {view.reason ? `${fullSentence(view.reason)} ` : ""}Since{" "}
            {whenPhrase(view.since, reader)}. Nothing leaves until you have looked.
          </p>
        ) : null}
      </div>
      {view ? (
        <HeldReview
          count={view.count}
          newestId={view.newestId}
          groups={view.groups.map(({ recipient, mails }) => ({
            recipient,
            mails: mails.map(({ id, subject, posterPath, at }) => ({
              id,
              subject,
              posterPath,
              when: <Moment at={at} reader={reader} />,
            })),
          }))}
          settle={settleHeldAction}
        />
      ) : (
        <Card>
          <EmptyState
            action={
              <Button asChild>
                <Link href="/notifications">Open the queue</Link>
              </Button>
            }
          >
            When one check would send far more mails than usual, they wait here until you have
            looked.
          </EmptyState>
        </Card>
      )}
    </Page>
  );
}
