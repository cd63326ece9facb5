import { limitedLink } from "@/lib/web/user-pages/limited-link";
import { postMute, showMute } from "@/lib/web/user-pages/mute-route";

export const GET = limitedLink(showMute);
export const POST = limitedLink(postMute);
