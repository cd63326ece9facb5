/**
 * Whether a state-changing request comes from our own page: its `Origin` names the host it was sent
 * to. Requests without an origin are refused; browsers send one with every POST.
 */
export function isSameOrigin(origin: string | null, host: string | null): boolean {
  if (!origin || !host) return false;
  try {
    return new URL(origin).host.toLowerCase() === host.toLowerCase();
  } catch {
    return false;
  }
}
