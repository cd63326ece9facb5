/** What the frame around every page shows. */
export type ShellView = {
  workerSeenAt: Date | null;
  version: string | null;
  /** Who signed in; null while login is off, and for the local network. */
  signedIn: { name: string; endsAt: Date } | null;
  /** Numbers appear only when somebody must act. */
  attention: { notifications: number; issues: number; health: number };
};
