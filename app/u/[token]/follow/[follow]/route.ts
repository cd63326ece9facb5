import { postConfirmFollow, showConfirmFollow } from "@/lib/web/user-pages/follow-route";
import { limitedLink } from "@/lib/web/user-pages/limited-link";

export const GET = limitedLink(showConfirmFollow);
export const POST = limitedLink(postConfirmFollow);
