/** Words with a full stop, unless they end a sentence already. */
export function fullSentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
