/** The text with every word of more than 100 characters cut short, so that a message which quotes a file stays one that can be read. */
export function abbreviateWords(text: string): string {
  return text.replace(/\S{101,}/gu, (word) => `${word.slice(0, 40)}…`);
}
