import type { MaintenanceStatus } from "../maintenance";

/** One of the four mails of a window: when it leaves or left, and to how many. */
export type MaintenanceMailView = {
  label: string;
  /** Null when it does not leave, which `note` explains. */
  at: Date | null;
  sent: number;
  waiting: number;
  note: string | null;
};

export type MaintenanceWindowView = {
  id: number;
  title: string;
  text: string;
  startsAt: Date;
  endsAt: Date;
  zone: string;
  /** By its times: a window whose alarm is late counts as going on. */
  status: MaintenanceStatus;
  finishedAt: Date | null;
  mails: MaintenanceMailView[];
};

export type MaintenanceView = {
  live: MaintenanceWindowView[];
  past: MaintenanceWindowView[];
  /** How many people a mail about maintenance reaches now. */
  reached: number;
  zones: string[];
};
