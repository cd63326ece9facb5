import { mailAddress } from "@/lib/domain/recipients";
import type { Settings } from "@/lib/domain/settings";

/** The bare address in `Name <address>` or `address`; null when there is none. */
export function bareAddress(sender: string): string | null {
  return mailAddress(/<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender);
}

/** Where news for the admin goes: the admin's address, else the sender's own. */
export function adminAddress(settings: Settings): string | null {
  return bareAddress(settings.ADMIN_EMAIL) ?? bareAddress(settings.SMTP_FROM);
}
