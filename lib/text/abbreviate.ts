/** The text with every word of more than 100 characters cut short, so that a message which quotes a file can be read. */
export function abbreviateWords(text: string): string {
  // Not with one regular expression: those need stack for each character of a word.
  return text.split(' ').map(abbreviateWord).join(' ');
}

function abbreviateWord(word: string): string {
  if (word.length <= 100) return word;
  // Half of a character beyond 16 bits is none.
  return `${word.slice(0, 40).replace(/[\ud800-\udbff]$/, '')}…`;
}
