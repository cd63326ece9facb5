import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SectionHead } from "@/components/settings/section-head";
import { SettingsForm } from "@/components/settings/settings-form";
import { TestMailCard } from "@/components/settings/test-mail-card";
import { loadSettingsSection } from "@/lib/web/loaders/settings";
import { saveSettingsAction, sendTestMailAction, testMailServerAction } from "../actions";

type Place = { params: Promise<{ section: string }> };

export async function generateMetadata({ params }: Place): Promise<Metadata> {
  const view = await loadSettingsSection((await params).section);
  return { title: view?.title ?? "Settings" };
}

export default async function SettingsSectionPage({ params }: Place) {
  const view = await loadSettingsSection((await params).section);
  if (!view) notFound();
  const adminAddress = view.fields.find((field) => field.name === "ADMIN_EMAIL")?.value ?? "";
  return (
    <div className="grid grid-cols-1 gap-4">
      <SectionHead title={view.title} lead={view.lead} />
      <SettingsForm
        key={view.section}
        fields={view.fields}
        save={saveSettingsAction}
        {...(view.section === "batching" ? { preview: "batching" } : {})}
      />
      {view.section === "mail" ? (
        <TestMailCard
          test={testMailServerAction}
          send={sendTestMailAction}
          address={adminAddress}
        />
      ) : null}
    </div>
  );
}
