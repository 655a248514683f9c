import { databaseUrl } from '../../cluster/database-url';
import type { PatchOperation } from '../../patch/operations';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import { situationOf, type CarbonFile, type RecipeContext } from '../carbon-file';
import { credentialsFor } from '../credentials';
import { placeInOrder } from '../element-order';
import { mountPaths } from '../home-names';
import { xpathLiteral } from '../xpath-literal';

/** `registry.xml`: the shared registry and its mounts. Carbon does not trim its texts, so none is ever padded. */
export const registryXml: CarbonFile = {
  name: 'registry.xml',
  path: 'registry.xml',
  summary:
    'With the shared layout: a dbConfig for the shared registry, a remoteInstance (read-only on a worker) and the mounts of config and governance. What a home mounts them from already is kept, and so is the shipped dbConfig.',
  needsSituation: true,
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    if (context.topology.database.layout === 'single') return { operations: [], notes: singleLayoutNotes(context) };
    return {
      operations: [...dbConfig(context), ...remoteInstance(context), ...mounts(context)],
      notes: [...localRegistryNotes(context), ...overwriteNotes(context)],
    };
  },
  settings: [
    { name: 'currentDBConfig', at: '/wso2registry/currentDBConfig' },
    {
      name: 'dbConfig',
      at: '/wso2registry/dbConfig',
      read: (document, element) =>
        `${attributeOf(document, element, 'name')} ${texts(document, element, ['dataSource', 'url'])}`,
    },
    {
      name: 'remoteInstance',
      at: '/wso2registry/remoteInstance',
      read: (document, element) =>
        ['id', 'dbConfig', 'readOnly', 'cacheId']
          .map((name) => `${name}=${texts(document, element, [name])}`)
          .join(' '),
    },
    {
      name: 'mount',
      at: '/wso2registry/mount',
      read: (document, element) =>
        `${attributeOf(document, element, 'path')} → ${texts(document, element, ['instanceId', 'targetPath'])} overwrite=${attributeOf(document, element, 'overwrite') ?? ''}`,
    },
  ],
};

function dbConfig(context: RecipeContext): readonly PatchOperation[] {
  const { dbConfig: name, registry } = situationOf(context).names;
  return [
    {
      op: 'ensureElement',
      at: '/wso2registry',
      element: { name: 'dbConfig', attributes: { name }, children: [{ name: 'dataSource', text: registry.jndiName }] },
      key: ['@name'],
      place: [{ after: 'dbConfig' }, { after: 'registryRoot' }, 'first'],
    },
    ...setChild(`/wso2registry/dbConfig[@name=${xpathLiteral(name)}]`, ['dataSource'], 'dataSource', registry.jndiName),
  ];
}

const instanceOrder = ['id', 'dbConfig', 'readOnly', 'enableCache', 'registryRoot', 'cacheId'];

/** `cacheId` is the user and the URL of the shared database, spelled alike on every node. */
function remoteInstance(context: RecipeContext): readonly PatchOperation[] {
  const { role, topology } = context;
  const { database, registry } = topology;
  const { instanceId, instanceUrl, dbConfig: config } = situationOf(context).names;
  const values: Readonly<Record<string, string>> = {
    id: instanceId,
    dbConfig: config,
    readOnly: role.writesRegistry ? 'false' : 'true',
    enableCache: 'true',
    registryRoot: '/',
    cacheId: `${credentialsFor(database, 'registry').username}@${databaseUrl(database, registry.database)}`,
  };
  const at = `/wso2registry/remoteInstance[normalize-space(id)=${xpathLiteral(instanceId)}]`;
  const children = Object.entries(values).map(([name, text]): NewElement => ({ name, text }));
  return [
    {
      op: 'ensureElement',
      at: '/wso2registry',
      element: { name: 'remoteInstance', attributes: { url: instanceUrl }, children },
      key: ['id'],
      place: ['besideSample', { after: 'remoteInstance' }, { after: 'dbConfig' }],
    },
    ...Object.entries(values).flatMap(([name, value]) => setChild(at, instanceOrder, name, value)),
  ];
}

function mounts(context: RecipeContext): readonly PatchOperation[] {
  const { configTargetPath, governanceTargetPath } = situationOf(context).names;
  return [
    ...mount(context, mountPaths.config, configTargetPath),
    ...mount(context, mountPaths.governance, governanceTargetPath),
  ];
}

/**
 * A mount of the same path that is there is pointed at the shared registry; two of one path make Carbon refuse the file.
 * How it lies over what the node has is changed only where the cluster says how: "true" deletes what is there.
 */
function mount(context: RecipeContext, path: string, targetPath: string): readonly PatchOperation[] {
  const { overwrite } = context.topology.registry;
  const { instanceId } = situationOf(context).names;
  const at = `/wso2registry/mount[@path='${path}']`;
  return [
    {
      op: 'ensureElement',
      at: '/wso2registry',
      element: {
        name: 'mount',
        attributes: { path, overwrite: overwrite ?? 'true' },
        children: [
          { name: 'instanceId', text: instanceId },
          { name: 'targetPath', text: targetPath },
        ],
      },
      key: ['@path'],
      place: ['besideSample', { after: 'mount' }, { after: 'remoteInstance' }],
    },
    ...(overwrite === undefined ? [] : [{ op: 'setAttribute', at, name: 'overwrite', value: overwrite } as const]),
    ...setChild(at, ['instanceId', 'targetPath'], 'instanceId', instanceId),
    ...setChild(at, ['instanceId', 'targetPath'], 'targetPath', targetPath),
  ];
}

/** The local registry is where `currentDBConfig` points; a connection that registry.xml holds itself is nobody's datasource. */
function localRegistryNotes({ document, topology }: RecipeContext): readonly string[] {
  const [current] = childElements(document.root, 'currentDBConfig').map((one) => textOf(document, one));
  if (current === undefined) return [];
  const config = childElements(document.root, 'dbConfig').find((one) => attributeOf(document, one, 'name') === current);
  if (config === undefined)
    return [`currentDBConfig names ${current}, which no dbConfig is called: Carbon does not start like that.`];
  if (childElements(config, 'dataSource').length > 0) return [];
  const advice =
    topology.database.layout === 'shared'
      ? 'see that no other node uses it'
      : 'with the single layout it has to be the one database of all nodes';
  return [
    `The local registry of this node is in the connection that registry.xml holds itself (dbConfig ${current}), not in a datasource, and stays there; ${advice}.`,
  ];
}

/** Anything but "true" and "virtual" is "false" to Carbon. It is not changed, as "true" would delete what somebody may want kept. */
function overwriteNotes({ document, topology }: RecipeContext): readonly string[] {
  const paths: readonly string[] = Object.values(mountPaths);
  if (topology.registry.overwrite !== undefined) return [];
  return childElements(document.root, 'mount').flatMap((element) => {
    const path = attributeOf(document, element, 'path') ?? '';
    const overwrite = attributeOf(document, element, 'overwrite');
    if (!paths.includes(path) || /^(?:true|virtual)$/i.test(overwrite ?? '')) return [];
    return [
      `The mount of ${path} is left without overwrite="true" or "virtual": Carbon does not mount over a collection that exists already.`,
    ];
  });
}

function singleLayoutNotes(context: RecipeContext): readonly string[] {
  const mounted = childElements(context.document.root, 'mount').map(
    (element) => attributeOf(context.document, element, 'path') ?? '',
  );
  if (mounted.length === 0) return localRegistryNotes(context);
  return [
    ...localRegistryNotes(context),
    `registry.xml mounts ${mounted.join(', ')} from a remote instance; the single layout needs no mount and leaves these as they are.`,
  ];
}

function setChild(at: string, order: readonly string[], name: string, value: string): readonly PatchOperation[] {
  return [
    { op: 'ensureElement', at, element: { name, text: value }, place: placeInOrder(order, name) },
    { op: 'setText', at: `${at}/${name}`, value },
  ];
}

function texts(document: SourceDocument, element: ElementSource, names: readonly string[]): string {
  return names.flatMap((name) => childElements(element, name).map((child) => textOf(document, child))).join(' ');
}
