"use client";

import type { ActionResult } from "@/lib/domain/views/action-result";
import type { ConnectionTestView } from "@/lib/domain/views/settings";
import { Card, CardHead } from "../ui/card";
import { ConnectionTest } from "./connection-test";
import { SendMailForm } from "./send-mail-form";

/** Tries the mail server as it is saved, and sends a mail to see what arrives. */
export function TestMailCard({
  test,
  send,
  address,
}: {
  test: () => Promise<ActionResult & { test?: ConnectionTestView }>;
  send: (input: { to: string }) => Promise<ActionResult>;
  /** Suggested recipient. */
  address: string;
}) {
  return (
    <Card>
      <CardHead title="Try it" />
      <div className="grid gap-4 p-4">
        <ConnectionTest test={test} label="Test the connection" />
        <SendMailForm
          label="Send a test mail to"
          button="Send test mail"
          address={address}
          send={(to) => send({ to })}
        />
      </div>
    </Card>
  );
}
