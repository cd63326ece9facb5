"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ServiceFieldsView } from "@/lib/domain/views/settings";
import { PlexSignInPanel, plexLock } from "./plex-sign-in-panel";
import { ServiceForm, type TestConnection } from "./service-form";
import type { SaveSettings } from "./settings-form";
import { type PlexSignIn, type PlexSignInActions, usePlexSignIn } from "./use-plex-sign-in";

type PlexFormProps = {
  plex: ServiceFieldsView;
  save: SaveSettings;
  test: TestConnection;
  testsFirst?: boolean;
  onSaved?: () => void;
};

/** Plex, by signing in or by hand. While somebody signs in, that alone is shown. */
export function PlexForm({
  signIn,
  plex,
  onSaved,
  ...form
}: PlexFormProps & { signIn: PlexSignIn }) {
  const router = useRouter();
  const [saved, setSaved] = useState<string | null>(null);
  const isUnderWay = signIn.phase.kind === "waiting" || signIn.phase.kind === "choosing";
  const connected = (url: string) => {
    setSaved(url);
    onSaved?.();
    router.refresh();
  };
  const fields = saved === null ? plex : { ...plex, url: { ...plex.url, value: saved } };
  return (
    <div className="grid gap-5">
      <PlexSignInPanel signIn={signIn} lockedBy={plexLock(plex)} onConnected={connected} />
      {isUnderWay ? null : (
        <div className="border-t border-border pt-5">
          <ServiceForm
            key={saved}
            service={fields}
            name="Plex"
            {...form}
            {...(onSaved ? { onSaved } : {})}
          />
        </div>
      )}
    </div>
  );
}

/** The same where nothing else on the page begins it. */
export function PlexSettings({ actions, ...form }: PlexFormProps & { actions: PlexSignInActions }) {
  return <PlexForm signIn={usePlexSignIn(actions)} {...form} />;
}
