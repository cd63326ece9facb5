"use client";

import { accentColor, accentHint } from "@/lib/domain/accent";
import type { ActionResult } from "@/lib/domain/views/action-result";
import type { AppearanceView } from "@/lib/domain/views/appearance";
import { LogoCard } from "./logo-card";
import { MailSamples, type SampleActions } from "./mail-samples";
import { type SaveSettings, SettingsForm } from "./settings-form";

/** Name, colour and logo of mails, above every kind of mail as it looks with what is typed. */
export function AppearanceForm({
  view,
  save,
  setLogo,
  describe,
  send,
}: SampleActions & {
  view: AppearanceView;
  save: SaveSettings;
  setLogo: (input: { picture: string | null }) => Promise<ActionResult>;
}) {
  return (
    <SettingsForm
      fields={view.fields}
      save={save}
      beside={(name, value) =>
        name === "MAIL_ACCENT_COLOR" ? <AccentHint value={value} /> : undefined
      }
    >
      {(values) => (
        <>
          <LogoCard logo={view.logo} isLocked={view.isLogoLocked} setLogo={setLogo} />
          <MailSamples view={view} values={values} describe={describe} send={send} />
        </>
      )}
    </SettingsForm>
  );
}

/** The button as it will be, with what can be said about its contrast. */
function AccentHint({ value }: { value: string }) {
  const { text, ratio, faintOn } = accentHint(value);
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs/[18px]">
      <span
        className="inline-flex h-8 items-center rounded-md px-4 text-sm font-semibold"
        style={{ background: accentColor(value), color: text }}
      >
        Play in Plex
      </span>
      <span className="text-muted-foreground">
        Contrast of the text {ratio.toFixed(1)}
        {ratio < 7 ? ": readable, but not strong" : ""}
        {faintOn
          ? `. The button is hard to tell from the ${faintOn} card, so it gets an outline; another colour is seen sooner`
          : ""}
        .
      </span>
    </div>
  );
}
