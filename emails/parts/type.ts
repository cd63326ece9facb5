import type { CSSProperties } from "react";

const family = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const monoFamily = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";

/** Size, line height and colour of a text; every cell says them itself, because Outlook inherits nothing. */
export function type(size: number, lineHeight: number, color: string, weight = 400): CSSProperties {
  return {
    fontFamily: family,
    fontSize: size,
    lineHeight: `${lineHeight}px`,
    color,
    ...(weight === 400 ? {} : { fontWeight: weight }),
  };
}

/** For values one copies: paths and addresses. They may break anywhere. */
export function mono(size: number, lineHeight: number, color: string): CSSProperties {
  return { ...type(size, lineHeight, color), fontFamily: monoFamily, ...breakAnywhere };
}

const breakAnywhere: CSSProperties = { overflowWrap: "anywhere", wordBreak: "break-word" };

/** Lets a very long word break, so that it cannot widen the mail; ordinary words stay whole in narrow columns. */
export function wrapping(text: string): CSSProperties {
  return /\S{19}/u.test(text) ? breakAnywhere : {};
}
