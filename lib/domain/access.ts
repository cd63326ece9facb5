/** Who gets in, decided from facts: the connection, the settings, the session. Pure. */

/**
 * Whether login is on. What is written counts; what cannot be understood counts as on; and when nothing is written,
 * a login that was once switched on stays on: a lost file opens nothing.
 */
export function isLoginOn(written: string | undefined, wasSwitchedOn: boolean): boolean {
  const text = written?.trim().toLowerCase() ?? "";
  if (text === "") return wasSwitchedOn;
  return text !== "false";
}

export type Admission =
  /** Login is off. */
  | { kind: "open" }
  /** Set-up is not complete, and this is who may do it. */
  | { kind: "setting_up" }
  /** Set-up is not complete: the token of the log is needed. */
  | { kind: "token_needed" }
  /** The connection comes from a network that needs no login. */
  | { kind: "local_network" }
  | { kind: "signed_in" }
  | { kind: "sign_in_needed" };

/** Decides about a request. `route` is how its address was found; null when it carries no stamp. */
export function decideAdmission(facts: {
  loginOn: boolean;
  /** The wizard is open: then only the machine itself and who has shown the token get in without a login. */
  setupOpen: boolean;
  /** The connection comes from this machine. */
  onThisMachine: boolean;
  hasSetupPass: boolean;
  route: "direct" | "proxy" | "unclear" | null;
  inLocalNetwork: boolean;
  hasSession: boolean;
}): Admission {
  if (!facts.loginOn) {
    if (!facts.setupOpen) return { kind: "open" };
    const isNear = facts.onThisMachine && facts.route === "direct";
    return { kind: isNear || facts.hasSetupPass ? "setting_up" : "token_needed" };
  }
  // Not stamped: it did not come through our server, whatever cookie it carries.
  if (facts.route === null) return { kind: "sign_in_needed" };
  if (facts.hasSession) return { kind: "signed_in" };
  if (facts.route !== "unclear" && facts.inLocalNetwork) return { kind: "local_network" };
  return { kind: "sign_in_needed" };
}

/** Whether an address is the machine's own loopback. */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
}

/** Names that no public DNS server can make point at somebody's home. */
const localEndings = [
  ...["localhost", "local", "lan", "home", "internal", "intranet", "private", "localdomain"],
  ...["home.arpa", "test"],
];

/** Whether a name, in lower case, is local by its nature: `plex`, `nas.lan`. */
export const isLocalName = (name: string): boolean =>
  !name.includes(".") ||
  localEndings.some((ending) => name === ending || name.endsWith(`.${ending}`));

/**
 * Whether a browser may use this name for us. A page of a stranger can let its own name point at our address (DNS
 * rebinding) and would then be of our origin; so a name must be an address, local by its nature, or listed.
 */
export function isHostAllowed(
  host: string | null,
  allowed: { publicBaseUrl: string; list: string; ownName: string },
): boolean {
  // Only programs send none.
  if (host === null) return true;
  const name = hostName(host);
  if (name === null) return false;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || name.startsWith("[")) return true;
  if (isLocalName(name)) return true;
  if (name === allowed.ownName.toLowerCase()) return true;
  if (URL.canParse(allowed.publicBaseUrl) && name === new URL(allowed.publicBaseUrl).hostname) {
    return true;
  }
  return allowed.list
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((entry) => entry !== "")
    .some((entry) =>
      entry.startsWith("*.") ? name.endsWith(entry.slice(1)) : name === hostName(entry),
    );
}

/** The name in a Host header: lower case, without port and final dot. Null for what is no host. */
export function hostName(host: string): string | null {
  if (!/^[A-Za-z0-9._~-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/.test(host)) return null;
  return host
    .replace(/:\d{1,5}$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

/** Where to go after the sign-in: a path of ours, never another site. */
export function localPath(next: string | null | undefined): string {
  if (!next || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) || next.startsWith("/login")) return "/";
  return next;
}

/** Addresses that count as one: an IPv4 address, or the /64 a provider gives to one home. */
export function addressGroup(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === "" ? [] : tail.split(":");
  const missing = address.includes("::") ? Math.max(0, 8 - front.length - back.length) : 0;
  const groups = [...front, ...Array.from({ length: missing }, () => "0"), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

/** Why a password cannot be used; null when it can. */
export function passwordProblem(password: string): string | null {
  if ([...password].length < 10) return "The password needs at least 10 characters";
  // bcrypt reads no further.
  if (new TextEncoder().encode(password).length > 72) {
    return "The password is longer than 72 bytes, which is more than can be told apart";
  }
  return null;
}

/** Why a name cannot be used for an account; null when it can. */
export function accountNameProblem(name: string): string | null {
  return /^[\p{L}\p{N}._@+-]{1,64}$/u.test(name)
    ? null
    : "A name has 1 to 64 letters, digits and the signs . _ @ + -";
}
