import { postFollow, showFollow } from "@/lib/web/user-pages/follow-route";
import { limitedLink } from "@/lib/web/user-pages/limited-link";

export const GET = limitedLink(showFollow);
export const POST = limitedLink(postFollow);
