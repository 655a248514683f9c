import { resolveDescription, type ClusterDescription } from './cluster-description';
import { nodeKeys, topKeys, type DocumentedKey, type KeyContext } from './cluster-file-keys';
import { entryLines } from './yaml-lines';

/** What is said at the top of a cluster file; each is a line of its comment. */
export interface WriteClusterFileOptions {
  readonly heading: readonly string[];
}

/**
 * The text of a cluster file with these values: YAML with a comment above each key that says what it is for. Keys that are
 * left out but often wanted stand commented-out with what they are anyway: a `#` with no blank behind it, or with two,
 * begins such a line. Taking all of these signs away changes nothing but the pool.
 */
export function writeClusterFile(description: ClusterDescription, { heading }: WriteClusterFileOptions): string {
  const context = { description, topology: resolveDescription(description).topology };
  const lines = [
    ...[...heading, ...reading].map((line) => `# ${line}`),
    ...topKeys.flatMap((key) => separated(keyLines(context, key, description, 'live'))),
    ...separated(nodeLines(context)),
    ...separated(settingLines('patches', description.patches)),
    ...separated(settingLines('silence', description.silence)),
  ];
  return `${lines.join('\n')}\n`;
}

const reading: readonly string[] = [
  'What is left out follows from what is here. A line that begins with # and no blank says what it is then:',
  'take the # away to change it. carbon-patch plan --explain shows every value and from where it came.',
];

function separated(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** A key with what it is for; `within` says whether the map around it is commented-out, which takes its lines along. */
function keyLines(
  context: KeyContext,
  { key, why, usual, keys }: DocumentedKey,
  parent: Readonly<Record<string, unknown>>,
  within: 'live' | 'commentedOut',
): readonly string[] {
  const stated = parent[key];
  // A map that holds nothing would be no map to YAML.
  const isLive = stated !== undefined && (keys === undefined || Object.keys(stated as object).length > 0);
  const all =
    keys === undefined
      ? settingLines(key, stated ?? usual?.(context))
      : mapLines(context, key, keys, isLive ? (stated as typeof parent) : undefined);
  if (all.length === 0) return [];
  const reason = why === '' ? [] : [`# ${why}`];
  return [...reason, ...(isLive || within === 'commentedOut' ? all : all.map((line) => `#${line}`))];
}

function settingLines(key: string, value: unknown): readonly string[] {
  return value === undefined ? [] : entryLines(key, value);
}

function mapLines(
  context: KeyContext,
  key: string,
  keys: readonly DocumentedKey[],
  map: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  const within = map === undefined ? 'commentedOut' : 'live';
  const inner = keys.flatMap((one) => keyLines(context, one, map ?? {}, within));
  return inner.length === 0 ? [] : [`${key}:`, ...inner.map((line) => `  ${line}`)];
}

function nodeLines({ description, topology }: KeyContext): readonly string[] {
  const written = Object.entries(nodeKeys).filter(
    ([key]) => numbered.some((one) => one === key) || description.nodes.some((node) => key in node),
  );
  return [
    '# The servers. Each has a name, and',
    ...written.map(([key, why]) => `# - ${key}: ${why}`),
    'nodes:',
    ...description.nodes.flatMap((node, index) => {
      const resolved = topology.nodes[index];
      const left = numbered.filter((key) => node[key] === undefined && resolved !== undefined);
      const lines = [
        ...['name', ...Object.keys(nodeKeys)].flatMap((key) =>
          settingLines(key, (node as Readonly<Record<string, unknown>>)[key]),
        ),
        ...left.flatMap((key) => entryLines(key, resolved?.[key]).map((line) => `#${line}`)),
      ];
      return lines.map((line, position) => `${position === 0 ? '  - ' : '    '}${line}`);
    }),
  ];
}

/** Keys of a node whose derived values people look for. */
const numbered = ['offset', 'localMemberPort'] as const;
