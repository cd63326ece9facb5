import type { Metadata } from "next";
import { AppearanceForm } from "@/components/settings/appearance-form";
import { SectionHead } from "@/components/settings/section-head";
import { settingSections } from "@/lib/domain/settings";
import { sectionLeads } from "@/lib/domain/views/settings";
import { loadAppearance } from "@/lib/web/loaders/appearance";
import { saveSettingsAction } from "../actions";
import { describeSampleAction, sendSampleAction, setLogoAction } from "./actions";

export const metadata: Metadata = { title: settingSections.appearance };

export default async function AppearancePage() {
  const view = await loadAppearance();
  return (
    <div className="grid grid-cols-1 gap-4">
      <SectionHead title={settingSections.appearance} lead={sectionLeads.appearance ?? ""} />
      <AppearanceForm
        view={view}
        save={saveSettingsAction}
        setLogo={setLogoAction}
        describe={describeSampleAction}
        send={sendSampleAction}
      />
    </div>
  );
}
