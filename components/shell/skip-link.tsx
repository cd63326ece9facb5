/** The first thing one reaches by keyboard: past the navigation, to `main#content`. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only rounded-sm bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
    >
      Skip to content
    </a>
  );
}
