/**
 * A length of time in milliseconds: `90`, `90s`, `5m` or `1h`, where a number alone counts seconds; `undefined` for any
 * other text, for nothing, and for more than a day.
 */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d{1,6})(s|m|h)?$/.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const milliseconds = Number(number) * (units[unit] ?? 0);
  return milliseconds > 0 && milliseconds <= aDay ? milliseconds : undefined;
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
const aDay = 24 * 3_600_000;
