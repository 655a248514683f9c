/** A text as a POSIX shell takes it for one word: unchanged where it needs no quotes. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=][\w./:@%+,=-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
