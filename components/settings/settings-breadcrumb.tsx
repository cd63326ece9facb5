"use client";

import { usePathname } from "next/navigation";
import type { SettingsIndexView } from "@/lib/domain/views/settings";
import { Breadcrumb } from "../shell/breadcrumb";

/** Names the section that is open: the layout around all of them does not know it. */
export function SettingsBreadcrumb({ sections }: Pick<SettingsIndexView, "sections">) {
  const path = usePathname();
  const section = sections.find(({ href }) => href === path);
  if (!section) return <Breadcrumb title="Settings" />;
  return <Breadcrumb title={section.title} parent={{ label: "Settings", href: "/settings" }} />;
}
