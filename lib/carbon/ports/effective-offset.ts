import type { HomeFacts } from '../facts/home-facts';
import type { Sourced } from '../facts/sourced';
import { integerOf } from './port-feature';

/** The port offset that a server starts with. */
export interface EffectiveOffset {
  readonly value: number;
  /** Where it stands, or `undefined` where no file has one. */
  readonly source: Sourced<string> | undefined;
}

/**
 * The offset of a home: that of a `-DportOffset=n` on the java command of its start script, else that of carbon.xml, else 0.
 * `undefined` where it is no number, as in a file whose placeholders are still to be filled in.
 */
export function effectiveOffset({ carbonXml, startScripts }: HomeFacts): EffectiveOffset | undefined {
  const source = offsetOfScripts(startScripts) ?? carbonXml?.offset;
  if (source === undefined) return { value: 0, source };
  const value = integerOf(source.value);
  return value === undefined ? undefined : { value, source };
}

/**
 * EI 6 has one script for each of its profiles, of which `integrator` starts the home's own. Where there are scripts for
 * both systems, that for Linux counts.
 */
function offsetOfScripts(scripts: HomeFacts['startScripts']): Sourced<string> | undefined {
  const paths = [...scripts.keys()];
  const integrator = paths.filter((path) => /(?:^|\/)integrator\.(?:sh|bat)$/.test(path));
  const own = integrator.length > 0 ? integrator : paths.filter((path) => /(?:^|\/)wso2server\.(?:sh|bat)$/.test(path));
  const path = own.find((one) => one.endsWith('.sh')) ?? own[0];
  return path === undefined ? undefined : lastOption(path, scripts.get(path) ?? '');
}

/** Of several options Java takes the last. */
function lastOption(path: string, script: string): Sourced<string> | undefined {
  return script
    .split('\n')
    .flatMap((line, index) => optionsIn(path, line, index + 1))
    .at(-1);
}

function optionsIn(path: string, text: string, line: number): readonly Sourced<string>[] {
  if (/^\s*(?:#|::|@?rem\b|@?echo\b)/i.test(text)) return [];
  return [...text.matchAll(/(?<![\w.-])-DportOffset=["']?([+-]?\d+)/g)].map((match) => ({
    value: match[1] ?? '',
    path,
    line,
    column: match.index + 1,
  }));
}
