"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { below } from "@/lib/base-path";
import type { SettingsIndexView } from "@/lib/domain/views/settings";
import { cn } from "../ui/cn";
import { fieldClass } from "./setting-field";

/** The sections of the settings, and a search across all of them. */
export function SectionList({ index }: { index: SettingsIndexView }) {
  const path = usePathname();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found =
    wanted.length < 2
      ? []
      : index.settings.filter(({ label, name, help }) =>
          `${label} ${name} ${help}`.toLowerCase().includes(wanted),
        );
  return (
    <nav aria-label="Sections" className="min-w-0 text-sm lg:sticky lg:top-20 lg:self-start">
      <div className="relative mb-3">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-subtle-foreground"
        />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="Find a setting"
          aria-label="Find a setting"
          className={cn(fieldClass, "h-8 pl-8 text-sm")}
        />
      </div>
      {wanted.length >= 2 ? (
        <ul aria-live="polite">
          {found.slice(0, 12).map((setting) => (
            <li key={setting.name}>
              <a
                href={below(setting.href)}
                className="block rounded-sm px-3 py-1.5 hover:bg-hover max-md:py-3"
              >
                <span className="block truncate">{setting.label}</span>
                <span className="block truncate text-xs text-muted-foreground">
                  {setting.section}
                </span>
              </a>
            </li>
          ))}
          {found.length === 0 ? (
            <li className="px-3 py-2 text-muted-foreground">No setting is called “{text}”.</li>
          ) : null}
        </ul>
      ) : (
        <ul className="flex gap-1 max-lg:flex-wrap max-md:flex-nowrap max-md:overflow-x-auto max-md:pb-2 lg:flex-col">
          {index.sections.map((section) => {
            const isHere = path === section.href;
            return (
              <li key={section.href}>
                <Link
                  ref={isHere ? bringIntoSight : undefined}
                  href={section.href}
                  aria-current={isHere ? "page" : undefined}
                  className={cn(
                    "flex h-[34px] items-center rounded-sm px-3 whitespace-nowrap text-muted-foreground hover:bg-hover hover:text-foreground max-md:h-11",
                    isHere && "bg-hover font-medium text-foreground",
                  )}
                >
                  {section.title}
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </nav>
  );
}

/** On a phone the sections are a strip that runs out of sight. */
function bringIntoSight(link: HTMLElement | null): void {
  const strip = link?.closest("ul");
  if (!link || !strip || strip.scrollWidth <= strip.clientWidth) return;
  strip.scrollLeft =
    link.offsetLeft - strip.offsetLeft - (strip.clientWidth - link.offsetWidth) / 2;
}
