import {
  Archive,
  BookOpen,
  CalendarDays,
  ChartColumn,
  Clapperboard,
  Flag,
  HeartPulse,
  History,
  Inbox,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  ScrollText,
  Settings,
  Users,
  Wrench,
} from "lucide-react";

export type Place = {
  href: string;
  /** Where pages lie that belong to it as well. */
  also?: string;
  label: string;
  /** In the bar of a phone. */
  shortLabel: string;
  icon: LucideIcon;
  /** Key after `g`. */
  key: string;
  attention: "notifications" | "health" | "issues" | null;
};

export type PlaceGroup = { caption: string | null; places: Place[] };

/** Every page there is, in the order of the sidebar. */
export const placeGroups: PlaceGroup[] = [
  {
    caption: null,
    places: [
      {
        href: "/",
        label: "Overview",
        shortLabel: "Overview",
        icon: LayoutDashboard,
        key: "o",
        attention: null,
      },
      {
        href: "/statistics",
        label: "Statistics",
        shortLabel: "Statistics",
        icon: ChartColumn,
        key: "t",
        attention: null,
      },
    ],
  },
  {
    caption: "Library",
    places: [
      {
        href: "/requests",
        label: "Requests",
        shortLabel: "Requests",
        icon: Clapperboard,
        key: "r",
        attention: null,
      },
      {
        href: "/notifications",
        label: "Notifications",
        shortLabel: "Mails",
        icon: Mail,
        key: "n",
        attention: "notifications",
      },
      {
        href: "/issues",
        label: "Issues",
        shortLabel: "Issues",
        icon: Flag,
        key: "e",
        attention: "issues",
      },
      {
        href: "/upcoming",
        label: "Upcoming",
        shortLabel: "Upcoming",
        icon: CalendarDays,
        key: "c",
        attention: null,
      },
      {
        href: "/users",
        label: "Users",
        shortLabel: "Users",
        icon: Users,
        key: "u",
        attention: null,
      },
    ],
  },
  {
    caption: "System",
    places: [
      {
        href: "/inbox",
        label: "Inbox",
        shortLabel: "Inbox",
        icon: Inbox,
        key: "i",
        attention: null,
      },
      {
        // `/health` answers monitors.
        href: "/system",
        label: "Health",
        shortLabel: "Health",
        icon: HeartPulse,
        key: "h",
        attention: "health",
      },
      {
        href: "/maintenance",
        label: "Maintenance",
        shortLabel: "Maintenance",
        icon: Wrench,
        key: "m",
        attention: null,
      },
      {
        href: "/backups",
        label: "Backups",
        shortLabel: "Backups",
        icon: Archive,
        key: "b",
        attention: null,
      },
      {
        href: "/activity",
        also: "/runs",
        label: "Activity",
        shortLabel: "Activity",
        icon: History,
        key: "a",
        attention: null,
      },
      {
        href: "/logs",
        label: "Logs",
        shortLabel: "Logs",
        icon: ScrollText,
        key: "l",
        attention: null,
      },
      {
        href: "/settings",
        label: "Settings",
        shortLabel: "Settings",
        icon: Settings,
        key: "s",
        attention: null,
      },
      {
        href: "/docs",
        also: "/redoc",
        label: "Docs",
        shortLabel: "Docs",
        icon: BookOpen,
        key: "d",
        attention: null,
      },
    ],
  },
];

/** All places in one list. */
export const places: Place[] = placeGroups.flatMap((group) => group.places);

/** Whether a path lies in a place. */
export function isWithin(path: string, place: Place): boolean {
  if (place.href === "/") return path === "/";
  return [place.href, place.also].some((href) => path === href || path.startsWith(`${href}/`));
}
