import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SectionList } from "@/components/settings/section-list";
import { SettingsBreadcrumb } from "@/components/settings/settings-breadcrumb";
import { Page } from "@/components/shell/page";
import { loadSettingsIndex } from "@/lib/web/loaders/settings";

export const metadata: Metadata = {
  title: { default: "Settings", template: "%s · Settings · BingeAlert" },
};

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const index = await loadSettingsIndex();
  return (
    <Page title="Settings" breadcrumb={<SettingsBreadcrumb sections={index.sections} />}>
      <div className="grid grid-cols-[200px_minmax(0,816px)] gap-8 max-lg:grid-cols-1 max-lg:gap-4">
        <SectionList index={index} />
        <div className="min-w-0">{children}</div>
      </div>
    </Page>
  );
}
