import { limitedLink } from "@/lib/web/user-pages/limited-link";
import { postSubscription, showSubscription } from "@/lib/web/user-pages/unsubscribe-route";

export const GET = limitedLink(showSubscription);
export const POST = limitedLink(postSubscription);
