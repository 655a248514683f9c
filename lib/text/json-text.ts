/**
 * A value as a JSON document with its line end. Characters that a terminal would obey or hide, which JSON need not escape,
 * are escaped too: delete, C1 controls, and marks without width or that turn the writing direction.
 */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2).replace(invisible, escaped);
  return `${json}\n`;
}

const invisible = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
