import { limitedLink } from "@/lib/web/user-pages/limited-link";
import { openInPlex } from "@/lib/web/user-pages/open-route";

export const GET = limitedLink(openInPlex);
