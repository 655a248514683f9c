/** How many columns a terminal gives a character: 0 for a mark that joins the one before, 2 for East Asian and emoji, else 1. */
export function displayWidth(char: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}

const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}])/u;
