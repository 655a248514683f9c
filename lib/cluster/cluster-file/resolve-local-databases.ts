import { roleOf } from '../roles';
import { settle, type Resolution } from './resolution';
import type { ClusterFile } from './schema';

/**
 * The database of each node's local registry, in the order of the file; `undefined` for a load balancer, in the single
 * layout, and where the home keeps its own. A problem where two nodes, or a node and the others together, would use one.
 */
export function resolveLocalDatabases(resolution: Resolution, file: ClusterFile): readonly (string | undefined)[] {
  const { layout = 'shared', names: { local: pattern = 'REGISTRY_LOCAL{number}' } = {} } = file.database;
  const names: (string | undefined)[] = file.nodes.map(() => undefined);
  if (layout === 'single') return names;
  const inOrder = file.nodes.map((node, index) => ({ ...node, index }));
  const owners = new Map(sharedDatabases(file));
  for (const [position, node] of inOrder.filter(({ role }) => !roleOf(role).isLoadBalancer).entries()) {
    const { index, name, localRegistryDatabase: stated = pattern === false ? false : undefined } = node;
    if (stated === false) continue;
    const at = ['nodes', index, 'localRegistryDatabase'];
    const derived = String(pattern)
      .replaceAll('{number}', () => String(position + 1))
      .replaceAll('{node}', () => name);
    const because = `derived from ${String(pattern)}`;
    const value = settle(resolution, { at, name: `nodes.${name}.localRegistryDatabase` }, stated, {
      value: derived,
      because,
    });
    names[index] = value;
    const owner = owners.get(value);
    if (owner === undefined) owners.set(value, name);
    else {
      const problem = `nodes[${index}].localRegistryDatabase: ${name} would keep its local registry in ${value}, as ${owner} does; give each its own`;
      const isDerived = stated === undefined;
      resolution.problems.push({
        at: isDerived ? ['database', 'names', 'local'] : at,
        problem: isDerived ? `${problem}, with {number} or {node} in database.names.local` : problem,
      });
    }
  }
  return names;
}

/** What all nodes share must be the local registry of none. */
function sharedDatabases({ database: { names = {} } }: ClusterFile): readonly (readonly [string, string])[] {
  return [
    [names.users ?? 'WSO2_USER_DB', 'the users of all nodes'],
    [names.registry ?? 'REGISTRY_DB', 'the registry of all nodes'],
  ];
}
