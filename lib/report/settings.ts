import type { CarbonHome } from '../carbon/carbon-home';
import type { FileSettings } from '../plan/read-settings';
import { printableLine } from './color';
import type { SecretOptions } from './mask-change';
import { maskProse } from './mask-secrets';

/** The settings of a home as JSON for other programs; see `PlanJson` for the promise of `formatVersion`. */
export interface SettingsJson {
  readonly formatVersion: 1;
  readonly home: CarbonHome;
  readonly files: readonly FileSettings[];
}

/** The JSON form of a home's settings, ready for `JSON.stringify`. */
export function settingsJson(home: CarbonHome, files: readonly FileSettings[], options: SecretOptions): SettingsJson {
  return { formatVersion: 1, home, files: files.map((file) => masked(file, options)) };
}

/** For each file its path, and a line a setting: `  559 localMemberPort: 4000`. Each line ends in LF. */
export function settingsText(files: readonly FileSettings[], options: SecretOptions): string {
  return files
    .map((file) => masked(file, options))
    .flatMap(({ path, settings }) => {
      const width = Math.max(0, ...settings.map(({ line }) => String(line).length));
      return [
        printableLine(path),
        ...settings.map(
          ({ line, name, value }) => `  ${String(line).padStart(width)} ${name}: ${printableLine(value)}`,
        ),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function masked({ path, settings }: FileSettings, { showSecrets = false }: SecretOptions): FileSettings {
  return showSecrets
    ? { path, settings }
    : { path, settings: settings.map((setting) => ({ ...setting, value: maskProse(setting.value) })) };
}
