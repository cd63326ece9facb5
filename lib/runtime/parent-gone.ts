/**
 * Calls `act` when the process that started this one is gone: a child must not outlive it, or the
 * next start finds its port taken. Does nothing in a process started by hand.
 */
export function onParentGone(act: () => void): void {
  if (process.channel === undefined) return;
  process.on("disconnect", act);
  // The channel alone must not keep the process alive.
  process.channel.unref();
  if (!process.connected) act();
}
