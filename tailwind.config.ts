import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;

const config: Config = {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        background: token("background"),
        foreground: token("foreground"),
        sunken: token("sunken"),
        card: { DEFAULT: token("card"), foreground: token("card-foreground") },
        popover: { DEFAULT: token("popover"), foreground: token("popover-foreground") },
        hover: token("hover"),
        muted: { DEFAULT: token("muted"), foreground: token("muted-foreground") },
        subtle: { foreground: token("subtle-foreground") },
        border: { DEFAULT: token("border"), strong: token("border-strong") },
        input: token("input"),
        primary: {
          DEFAULT: token("primary"),
          foreground: token("primary-foreground"),
          hover: token("primary-hover"),
          edge: token("primary-edge"),
          text: token("primary-text"),
        },
        secondary: { DEFAULT: token("secondary"), foreground: token("secondary-foreground") },
        accent: { DEFAULT: token("accent"), foreground: token("accent-foreground") },
        destructive: { DEFAULT: token("destructive"), foreground: token("destructive-foreground") },
        danger: { text: token("danger-text") },
        ok: { text: token("ok-text") },
        ring: token("ring"),
        sidebar: {
          DEFAULT: token("sidebar"),
          foreground: token("sidebar-foreground"),
          accent: token("sidebar-accent"),
          border: token("sidebar-border"),
        },
        scrim: token("scrim"),
        tone: token("tone"),
        held: { DEFAULT: token("status-held"), foreground: token("status-held-foreground") },
      },
      borderRadius: {
        xs: token("radius-xs"),
        sm: token("radius-sm"),
        md: token("radius"),
        lg: token("radius-lg"),
        xl: token("radius-xl"),
      },
      fontFamily: {
        sans: [token("font-sans")],
        mono: [token("font-mono")],
      },
      fontSize: {
        "2xs": ["0.6875rem", "1rem"],
        xs: ["0.75rem", "1rem"],
        sm: ["0.8125rem", "1.25rem"],
        base: ["0.875rem", "1.375rem"],
        md: ["1rem", "1.5rem"],
        lg: ["1.25rem", "1.75rem"],
        xl: ["1.625rem", "2rem"],
      },
      boxShadow: { card: token("shadow-card"), overlay: token("shadow-overlay") },
      transitionTimingFunction: { DEFAULT: token("ease") },
      transitionDuration: { fast: token("fast"), medium: token("medium") },
    },
  },
};

export default config;
