/** The mark: a countdown ring around a play triangle, with a dot where the next thing happens. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" aria-hidden="true" className={className}>
      <path
        d="M12 2.5a9.5 9.5 0 1 0 9.5 9.5"
        stroke="var(--primary-edge)"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle
        cx="18.7"
        cy="5.3"
        r="2.6"
        fill="var(--primary)"
        stroke="var(--primary-edge)"
        strokeWidth=".6"
      />
      <path
        d="M9.6 8.3v7.4a.6.6 0 0 0 .92.5l5.6-3.7a.6.6 0 0 0 0-1l-5.6-3.7a.6.6 0 0 0-.92.5Z"
        fill="currentColor"
      />
    </svg>
  );
}
