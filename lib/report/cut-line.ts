/** At most 100 characters of a line around the caret, with `…` where something is left out; no surrogate pair is split. */
export function cutLine(text: string, caret: number): { readonly text: string; readonly caret: number } {
  if (text.length <= window) return { text, caret };
  const first = Math.max(0, Math.min(caret - window / 2, text.length - window));
  const start = isLowSurrogate(text, first) ? first + 1 : first;
  const last = Math.min(text.length, first + window);
  const end = isLowSurrogate(text, last) ? last - 1 : last;
  const lead = start > 0 ? '…' : '';
  return {
    text: lead + text.slice(start, end) + (end < text.length ? '…' : ''),
    caret: Math.max(0, caret - start) + lead.length,
  };
}

const window = 100;

function isLowSurrogate(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff;
}
