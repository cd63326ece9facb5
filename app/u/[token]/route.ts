import { limitedLink } from "@/lib/web/user-pages/limited-link";
import { postPreferences, showPreferences } from "@/lib/web/user-pages/preferences-route";

export const GET = limitedLink(showPreferences);
export const POST = limitedLink(postPreferences);
