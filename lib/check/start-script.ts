import type { HomeFacts } from '../carbon/facts/home-facts';
import type { Sourced } from '../carbon/facts/sourced';

/** A script of the bin folder that starts the server of a home. */
export interface StartScript {
  /** Relative to the home. */
  readonly path: string;
  readonly text: string;
}

/**
 * The script that starts the home's own server; where there is one for each system, that for Linux. EI 6 has one for each of
 * its profiles. `undefined` where the home has no bin folder, as a copy of its configuration has none.
 */
export function startScriptOf({ startScripts }: HomeFacts): StartScript | undefined {
  const candidates = ['integrator.sh', 'wso2server.sh', 'integrator.bat', 'wso2server.bat'].map(
    (name) => `bin/${name}`,
  );
  const path = candidates.find((one) => startScripts.has(one)) ?? [...startScripts.keys()][0];
  return path === undefined ? undefined : { path, text: startScripts.get(path) ?? '' };
}

/** The value of an option such as `-DworkerNode=` in a script; of several the last, which Java takes. Comments do not count. */
export function scriptOption({ path, text }: StartScript, option: string): Sourced<string> | undefined {
  return text
    .split('\n')
    .flatMap((line, index): readonly Sourced<string>[] => {
      const column = line.lastIndexOf(option);
      if (column < 0 || /^\s*(?:#|::|@?rem\b|@?echo\b)/i.test(line)) return [];
      const [value = ''] = /^(?:"[^"]*"|'[^']*'|[^\s"'\\;]*)/.exec(line.slice(column + option.length)) ?? [];
      return [{ value: value.replace(/^(["'])(.*)\1$/, '$2'), path, line: index + 1, column: column + 1 }];
    })
    .at(-1);
}
