import { type Palette, palette } from "@/emails/palette";
import type { Config } from "../load-config";

/** How pages for users look: the server's name and colours, as in its mails. */
export type UserPageLook = { serverName: string; palette: Palette };

/** The look from the settings. */
export function userPageLook({ settings }: Pick<Config, "settings">): UserPageLook {
  return { serverName: settings.MAIL_SERVER_NAME, palette: palette(settings.MAIL_ACCENT_COLOR) };
}
