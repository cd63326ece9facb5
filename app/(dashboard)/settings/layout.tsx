import type { ReactNode } from "react";
import { SectionList } from "@/components/settings/section-list";
import { Page } from "@/components/shell/page";
import { loadSettingsIndex } from "@/lib/web/loaders/settings";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const index = await loadSettingsIndex();
  return (
    <Page title="Settings">
      <div className="grid grid-cols-[200px_minmax(0,816px)] gap-8 max-lg:grid-cols-1 max-lg:gap-4">
        <SectionList index={index} />
        <div className="min-w-0">{children}</div>
      </div>
    </Page>
  );
}
