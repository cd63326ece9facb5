import { Clapperboard, Inbox, LayoutDashboard, type LucideIcon, Mail, Users } from "lucide-react";

export type Place = {
  href: string;
  label: string;
  /** In the bar of a phone. */
  shortLabel: string;
  icon: LucideIcon;
  /** Key after `g`. */
  key: string;
  attention: "notifications" | null;
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
    ],
  },
];

/** All places in one list. */
export const places: Place[] = placeGroups.flatMap((group) => group.places);

/** Whether a path lies in a place. */
export function isWithin(path: string, place: Place): boolean {
  return place.href === "/"
    ? path === "/"
    : path === place.href || path.startsWith(`${place.href}/`);
}
