import { databaseUrl } from '../../cluster/database-url';
import type { PatchOperation } from '../../patch/operations';
import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import type { CarbonFile, RecipeContext } from '../carbon-file';
import { placeInOrder } from '../element-order';
import { jndiNames } from '../jndi-names';

const dbConfigName = 'sharedregistry';

const mountPaths: readonly [string, string] = ['/_system/config', '/_system/governance'];

/** `registry.xml`: the shared registry and its mounts. Carbon does not trim its texts, so none is ever padded. */
export const registryXml: CarbonFile = {
  name: 'registry.xml',
  path: 'registry.xml',
  summary:
    'With the shared layout: a dbConfig for the shared registry, a remoteInstance (read-only on a worker) and the mounts of config and governance. The shipped dbConfig stays.',
  need: (role) => (role.isLoadBalancer ? 'untouched' : 'required'),
  recipe: (context) => {
    if (context.topology.database.layout === 'single') return { operations: [], notes: singleLayoutNotes(context) };
    return {
      operations: [...dbConfig, ...remoteInstance(context), ...mounts(context)],
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

const dbConfig: readonly PatchOperation[] = [
  {
    op: 'ensureElement',
    at: '/wso2registry',
    element: {
      name: 'dbConfig',
      attributes: { name: dbConfigName },
      children: [{ name: 'dataSource', text: jndiNames.registry }],
    },
    key: ['@name'],
    place: [{ after: 'dbConfig' }, { after: 'registryRoot' }, 'first'],
  },
  ...setChild(`/wso2registry/dbConfig[@name='${dbConfigName}']`, ['dataSource'], 'dataSource', jndiNames.registry),
];

const instanceOrder = ['id', 'dbConfig', 'readOnly', 'enableCache', 'registryRoot', 'cacheId'];

/** `cacheId` is the user and the URL of the shared database, spelled alike on every node. */
function remoteInstance({ role, topology }: RecipeContext): readonly PatchOperation[] {
  const { database, registry } = topology;
  const values: Readonly<Record<string, string>> = {
    id: registry.instanceId ?? 'instanceid',
    dbConfig: dbConfigName,
    readOnly: role.writesRegistry ? 'false' : 'true',
    enableCache: 'true',
    registryRoot: '/',
    cacheId: `${database.username}@${databaseUrl(database, registry.database)}`,
  };
  const at = `/wso2registry/remoteInstance[normalize-space(id)='${registry.instanceId ?? 'instanceid'}']`;
  const children = Object.entries(values).map(([name, text]): NewElement => ({ name, text }));
  return [
    {
      op: 'ensureElement',
      at: '/wso2registry',
      element: { name: 'remoteInstance', attributes: { url: 'https://localhost:9443/registry' }, children },
      key: ['id'],
      place: ['besideSample', { after: 'remoteInstance' }, { after: 'dbConfig' }],
    },
    ...Object.entries(values).flatMap(([name, value]) => setChild(at, instanceOrder, name, value)),
  ];
}

function mounts({ topology }: RecipeContext): readonly PatchOperation[] {
  const {
    instanceId = 'instanceid',
    configTargetPath = '/_system/asNodes',
    governanceTargetPath = '/_system/governance',
  } = topology.registry;
  const [config, governance] = mountPaths;
  return [...mount(config, instanceId, configTargetPath), ...mount(governance, instanceId, governanceTargetPath)];
}

/** A mount of the same path that is there is pointed at the shared registry; two of one path make Carbon refuse the file. */
function mount(path: string, instanceId: string, targetPath: string): readonly PatchOperation[] {
  const at = `/wso2registry/mount[@path='${path}']`;
  return [
    {
      op: 'ensureElement',
      at: '/wso2registry',
      element: {
        name: 'mount',
        attributes: { path, overwrite: 'true' },
        children: [
          { name: 'instanceId', text: instanceId },
          { name: 'targetPath', text: targetPath },
        ],
      },
      key: ['@path'],
      place: ['besideSample', { after: 'mount' }, { after: 'remoteInstance' }],
    },
    ...setChild(at, ['instanceId', 'targetPath'], 'instanceId', instanceId),
    ...setChild(at, ['instanceId', 'targetPath'], 'targetPath', targetPath),
  ];
}

/** The local registry is where `currentDBConfig` points, which people move; only the datasource of the guides is set. */
function localRegistryNotes({ document, topology }: RecipeContext): readonly string[] {
  const [current] = childElements(document.root, 'currentDBConfig').map((one) => textOf(document, one));
  if (current === undefined) return [];
  const config = childElements(document.root, 'dbConfig').find((one) => attributeOf(document, one, 'name') === current);
  if (config === undefined)
    return [`currentDBConfig names ${current}, which no dbConfig is called: Carbon does not start like that.`];
  const [dataSource] = childElements(config, 'dataSource').map((one) => textOf(document, one));
  if (dataSource === jndiNames.local) return [];
  const place = dataSource === undefined ? 'the connection that registry.xml holds itself' : dataSource;
  const advice =
    topology.database.layout === 'shared'
      ? 'see that no other node uses it'
      : 'with the single layout it has to be the one database of all nodes';
  return [
    `The local registry of this node is in ${place} (dbConfig ${current}), not in ${jndiNames.local}, and stays there; ${advice}.`,
  ];
}

/** Anything but "true" and "virtual" is "false" to Carbon. It is not changed, as "true" would delete what somebody may want kept. */
function overwriteNotes({ document }: RecipeContext): readonly string[] {
  return childElements(document.root, 'mount').flatMap((element) => {
    const path = attributeOf(document, element, 'path') ?? '';
    const overwrite = attributeOf(document, element, 'overwrite');
    if (!mountPaths.includes(path) || /^(?:true|virtual)$/i.test(overwrite ?? '')) return [];
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
