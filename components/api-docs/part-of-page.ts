/**
 * Makes what a viewer draws into `place` a part of the page around it, for those who hear it: the viewers bring a main
 * part and a first heading of their own, and a page has one of each. Returns what ends that.
 */
export function keepPartOfPage(place: HTMLElement): () => void {
  const demote = () => {
    for (const main of place.querySelectorAll("main:not([role])")) {
      main.setAttribute("role", "group");
    }
    for (const title of place.querySelectorAll("h1:not([aria-level])")) {
      title.setAttribute("aria-level", "2");
    }
  };
  const observer = new MutationObserver(demote);
  observer.observe(place, { childList: true, subtree: true });
  return () => observer.disconnect();
}
