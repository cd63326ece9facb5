/**
 * The blast brake (promise 7): why the mails of one check are held, or null when they may go. `mails` is what the check
 * would send, `holdAbove` the setting.
 */
export function decideHold(mails: number, holdAbove: number): string | null {
  if (mails <= holdAbove) return null;
  return `One check wanted to send ${mails} mails; more than ${holdAbove} are looked at first`;
}
