import type { RegistryFacts } from '../../carbon/facts/registry-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { applyCommand } from '../apply-command';
import type { CheckedCluster, CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule } from '../rule';

/** The names in registry.xml lead somewhere, are there once, and are written without blanks. */
export const registryConsistent: Rule = {
  title: 'In registry.xml every name leads to something, stands there once, and has no blanks around it.',
  why: 'Carbon compares these texts letter for letter, untrimmed: it refuses the file, or mounts nothing and goes on with the local registry.',
  severities: ['error'],
  evaluate: (cluster) => {
    const faults = cluster.nodes.flatMap((node) => {
      const { registry } = node.facts;
      return registry === undefined ? [] : faultsOf(registry).map((fault): NodeFault => ({ ...fault, node }));
    });
    return [...groupBy(faults, ({ what }) => what).values()].map((group) => findingOf(cluster, group));
  },
};

interface Fault {
  readonly place: Sourced<unknown>;
  readonly what: string;
  readonly fix: string;
}

interface NodeFault extends Fault {
  readonly node: CheckedNode;
}

function faultsOf(registry: RegistryFacts): readonly Fault[] {
  return [
    ...currentFaults(registry),
    ...instanceFaults(registry),
    ...mountFaults(registry),
    ...doubleFaults(registry),
    ...paddedFaults(registry),
  ];
}

function currentFaults({ currentDbConfig, dbConfigs, path }: RegistryFacts): readonly Fault[] {
  const start = { value: '', path, line: 1, column: 1 };
  const names = dbConfigs.map(({ value }) => value.name);
  if (currentDbConfig === undefined) {
    return [
      {
        place: start,
        what: 'names no local registry: currentDBConfig is missing',
        fix: `write <currentDBConfig>${names[0] ?? 'wso2registry'}</currentDBConfig>`,
      },
    ];
  }
  const name = currentDbConfig.value.trim();
  if (names.includes(name)) return [];
  return [
    {
      place: currentDbConfig,
      what: `names ${name} as the local registry, but has no dbConfig of that name`,
      fix: `put the dbConfig ${name} back, with the datasource of the local registry`,
    },
  ];
}

function instanceFaults({ remoteInstances, dbConfigs, currentDbConfig }: RegistryFacts): readonly Fault[] {
  const names = dbConfigs.map(({ value }) => value.name);
  return remoteInstances.flatMap(({ value: { children } }): readonly Fault[] => {
    const dbConfig = children.get('dbConfig');
    const name = dbConfig?.value.trim();
    const instance = `the remote instance ${children.get('id')?.value.trim() ?? 'without an id'}`;
    if (dbConfig === undefined || name === undefined) return [];
    if (!names.includes(name)) {
      return [
        {
          place: dbConfig,
          what: `lets ${instance} use the dbConfig ${name}, which is not there`,
          fix: `add the dbConfig ${name} with the datasource of the shared registry`,
        },
      ];
    }
    if (name !== currentDbConfig?.value.trim()) return [];
    return [
      {
        place: dbConfig,
        what: `lets ${instance} use the dbConfig ${name}, which is that of the local registry`,
        fix: 'give it a dbConfig of its own, with the datasource of the shared registry',
      },
    ];
  });
}

function mountFaults({ mounts, remoteInstances }: RegistryFacts): readonly Fault[] {
  const ids = remoteInstances.map(({ value }) => value.children.get('id')?.value.trim() ?? '');
  return mounts.flatMap((mount): readonly Fault[] => {
    const { mountPath, instanceId, targetPath } = mount.value;
    const missing = [
      ...(mountPath === undefined ? ['path'] : []),
      ...(instanceId === undefined ? ['instanceId'] : []),
      ...(targetPath === undefined ? ['targetPath'] : []),
    ];
    const name = mountPath === undefined ? 'a mount' : `the mount of ${mountPath}`;
    if (missing.length > 0) {
      return [
        { place: mount, what: `leaves ${missing.join(' and ')} out of ${name}`, fix: `add ${missing.join(' and ')}` },
      ];
    }
    const id = instanceId?.value.trim() ?? '';
    if (ids.includes(id)) return [];
    const alike = ids.find((one) => one.toLowerCase() === id.toLowerCase());
    const known = alike === undefined ? 'which is not there' : `but the remote instance is called ${alike}`;
    return [
      {
        place: instanceId ?? mount,
        what: `mounts ${mountPath} from the remote instance ${id}, ${known}`,
        fix:
          alike === undefined ? `add a remoteInstance with the id ${id}, or name one that is there` : `write ${alike}`,
      },
    ];
  });
}

/** Carbon does not start with two remote instances of one id, or two mounts of one path. */
function doubleFaults({ remoteInstances, mounts }: RegistryFacts): readonly Fault[] {
  return [
    ...doubles(remoteInstances, ({ children }) => children.get('id')?.value.trim(), 'remote instances', 'id'),
    ...doubles(mounts, ({ mountPath }) => mountPath, 'mounts', 'path'),
  ];
}

function doubles<Value>(
  items: readonly Sourced<Value>[],
  keyOf: (value: Value) => string | undefined,
  plural: string,
  key: string,
): readonly Fault[] {
  return [...groupBy(items, ({ value }) => keyOf(value)).entries()].flatMap(([name, [first, second, ...more]]) =>
    second === undefined
      ? []
      : [
          {
            place: second,
            what: `has ${2 + more.length} ${plural} with the ${key} ${name}, the first in line ${first.line}`,
            fix: 'keep the one that is meant',
          },
        ],
  );
}

function paddedFaults({ currentDbConfig, dbConfigs, remoteInstances, mounts }: RegistryFacts): readonly Fault[] {
  const texts: readonly (readonly [string, Sourced<string> | undefined])[] = [
    ['currentDBConfig', currentDbConfig],
    ...dbConfigs.map(({ value }) => ['dataSource', value.dataSource] as const),
    ...remoteInstances.flatMap(({ value }) => [...value.children]),
    ...mounts.flatMap(({ value }) => [
      ['instanceId', value.instanceId] as const,
      ['targetPath', value.targetPath] as const,
    ]),
  ];
  return texts.flatMap(([name, text]) => {
    if (text === undefined || text.value.trim() === text.value) return [];
    const isSwitch = /^(?:readOnly|enableCache)$/.test(name);
    return [
      {
        place: text,
        what: `has white space around the text of ${name}${isSwitch ? ', which makes it false' : ', which becomes part of it'}`,
        fix: `write <${name}> and </${name}> right around the text`,
      },
    ];
  });
}

/** The texts that `apply` writes, without blanks around them. */
const writtenPadding =
  /white space around the text of (?:readOnly|enableCache|cacheId|registryRoot|instanceId|targetPath)/;

function findingOf(cluster: CheckedCluster, group: readonly [NodeFault, ...NodeFault[]]): Finding {
  const [{ place, what, fix }] = group;
  const nodes = group.map(({ node }) => node);
  return {
    severity: 'error',
    nodes,
    place: placeOf(place),
    what: `registry.xml of ${nameNodes(nodes)} ${what}`,
    fix,
    ...(writtenPadding.test(what) ? applyCommand(cluster) : {}),
  };
}
