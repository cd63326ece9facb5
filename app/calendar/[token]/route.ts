import { showCalendar } from "@/lib/web/user-pages/calendar-route";
import { limitedLink } from "@/lib/web/user-pages/limited-link";

export const GET = limitedLink(showCalendar);
