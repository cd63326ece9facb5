import type { CSSProperties, ReactNode } from "react";

/** `bgcolor` is what Outlook paints with; React's types know it only on tables. */
export const painted = (color: string) => ({ bgcolor: color });

/** A layout table: no borders, no spacing, silent to screen readers. Children are rows. */
export function Table({
  children,
  ...rest
}: {
  children: ReactNode;
  width?: number | "100%";
  className?: string;
  style?: CSSProperties;
}) {
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} border={0} {...rest}>
      <tbody>{children}</tbody>
    </table>
  );
}
