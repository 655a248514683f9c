/** A number or a switch where a text is one and nothing else, so that it needs no quotes in a cluster file; else the text. */
export function plainValue(text: string): string | number | boolean {
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
