"use client";

import { Monitor, Moon, Sun, SunMoon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";

type Theme = "dark" | "light" | "system";

const choices = [
  { value: "dark", label: "Dark", icon: Moon },
  { value: "light", label: "Light", icon: Sun },
  { value: "system", label: "As the system", icon: Monitor },
] as const;

function themeNow(): Theme {
  const match = /(?:^|; )theme=(\w+)/.exec(document.cookie);
  return match?.[1] === "light" || match?.[1] === "system" ? match[1] : "dark";
}

function apply(theme: Theme) {
  const shown =
    theme === "system"
      ? matchMedia("(prefers-color-scheme: light)").matches
        ? "light"
        : "dark"
      : theme;
  document.documentElement.classList.toggle("dark", shown === "dark");
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox ESR
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>("dark");
  useEffect(() => setTheme(themeNow()), []);
  return [
    theme,
    (next) => {
      apply(next);
      setTheme(next);
    },
  ];
}

/** Dark, light or as the system, behind one button. */
export function ThemeSwitch() {
  const [theme, setTheme] = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Appearance">
          <SunMoon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuRadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
          {choices.map((choice) => (
            <DropdownMenuRadioItem key={choice.value} value={choice.value}>
              <choice.icon aria-hidden />
              {choice.label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The same choice as three buttons, for the sheet of a phone. */
export function ThemeChoice() {
  const [theme, setTheme] = useTheme();
  return (
    <div className="inline-flex rounded-sm bg-muted p-0.5">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={theme === choice.value}
          aria-label={choice.label}
          onClick={() => setTheme(choice.value)}
          className={cn(
            "grid h-10 w-12 place-items-center rounded-xs text-muted-foreground",
            theme === choice.value && "bg-card text-foreground",
          )}
        >
          <choice.icon aria-hidden className="size-4" />
        </button>
      ))}
    </div>
  );
}
