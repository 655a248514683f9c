/**
 * A copy of plain data (objects, arrays, maps, texts and numbers) that keeps no larger text alive: a text that was cut out
 * of a file refers to the whole file as long as it lives, and a check holds the facts of a thousand homes.
 */
export function detachTexts<Value>(value: Value): Value {
  return detach(value) as Value;
}

function detach(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value, 'utf16le').toString('utf16le');
  if (Array.isArray(value)) return value.map(detach);
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [detach(key), detach(inner)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, detach(inner)]));
}
