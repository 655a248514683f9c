import type { HomeFacts } from '../carbon/facts/home-facts';

/**
 * When a home last ran, in ms since 1970, where its registry.xml was changed after that; `undefined` where it was not, or
 * where the home was never started. Only a log tells of a start, as some products ship with databases.
 */
export function lastRunBeforeRegistryChange({ startTraces, registryModified }: HomeFacts): number | undefined {
  const logged = startTraces.some(({ path }) => /\.log$/.test(path));
  const lastRun = Math.max(...startTraces.map(({ modified }) => modified));
  return logged && registryModified !== undefined && registryModified > lastRun ? lastRun : undefined;
}

/** Such as `2026-01-31 17:45 UTC`. */
export function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
