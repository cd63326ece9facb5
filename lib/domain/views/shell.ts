/** What the frame around every page shows. */
export type ShellView = {
  workerSeenAt: Date | null;
  version: string | null;
  /** Numbers appear only when somebody must act. */
  attention: { notifications: number };
};
