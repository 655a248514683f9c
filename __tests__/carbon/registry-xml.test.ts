import { describe, expect, test } from '@jest/globals';
import { registryXml } from '../../lib/carbon/files/registry-xml';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { ClusterTopology, MountOverwrite } from '../../lib/cluster/topology';
import { applyRecipe } from './apply-recipe';

const head =
  '    <currentDBConfig>wso2registry</currentDBConfig>\n    <readOnly>false</readOnly>\n    <registryRoot>/</registryRoot>\n';
const shipped =
  '    <dbConfig name="wso2registry">\n        <dataSource>jdbc/WSO2CarbonDB</dataSource>\n    </dbConfig>\n';
const shared =
  '    <dbConfig name="sharedregistry">\n        <dataSource>jdbc/WSO2RegistryDB</dataSource>\n    </dbConfig>\n';
const tail = '    <versionResourcesOnChange>false</versionResourcesOnChange>\n';
const registry = (...parts: readonly string[]): string => `<wso2registry>\n${parts.join('')}</wso2registry>\n`;

function instance(readOnly = 'true', url = 'https://localhost:9443/registry'): string {
  return [
    `    <remoteInstance url="${url}">`,
    '        <id>instanceid</id>',
    '        <dbConfig>sharedregistry</dbConfig>',
    `        <readOnly>${readOnly}</readOnly>`,
    '        <enableCache>true</enableCache>',
    '        <registryRoot>/</registryRoot>',
    '        <cacheId>regadmin@jdbc:mysql://carbondb.mysql-wso2.com:3306/REGISTRY_DB?autoReconnect=true</cacheId>',
    '    </remoteInstance>\n',
  ].join('\n');
}

function mount(path: string, target: string, { overwrite = ' overwrite="true"', id = 'instanceid' } = {}): string {
  return `    <mount path="/_system/${path}"${overwrite}>\n        <instanceId>${id}</instanceId>\n        <targetPath>/_system/${target}</targetPath>\n    </mount>\n`;
}

const mounts = mount('config', 'asNodes') + mount('governance', 'governance');
const workerText = registry(head, shipped, shared, instance(), mounts, tail);

describe('registry.xml', () => {
  test.each([
    ['manager', 'false'],
    ['worker', 'true'],
  ] as const)('a %s mounts the shared registry with readOnly %s', (role, readOnly) => {
    const { text, notes } = applyRecipe(registryXml, role, registry(head, shipped, tail));
    expect(text).toBe(registry(head, shipped, shared, instance(readOnly), mounts, tail));
    expect(notes).toEqual([]);
  });

  test('samples stay, and the live elements go behind those of their own name', () => {
    const instanceSamples = `    <!--remoteInstance url="a">
        <id>instanceid</id>
        <username>u</username>
    </remoteInstance-->

    <!--remoteInstance url="a">
        <id>instanceid</id>
        <dbConfig>wso2registry</dbConfig>
        <readOnly>false</readOnly>
    </remoteInstance-->
`;
    const mountSample = `
    <!--mount path="/_system/config" overwrite="true|false|virtual">
        <instanceId>instanceid</instanceId>
        <targetPath>/_system/nodes</targetPath>
    </mount-->
`;
    expect(applyRecipe(registryXml, 'worker', registry(head, shipped, instanceSamples, mountSample, tail)).text).toBe(
      registry(head, shipped, shared, instanceSamples, instance(), mountSample, mounts, tail),
    );
  });

  test('without any dbConfig the shared one goes behind registryRoot', () => {
    expect(applyRecipe(registryXml, 'worker', registry(head, tail)).text).toBe(
      registry(head, shared, instance(), mounts, tail),
    );
  });

  test('an instance of the same id is brought to what is wanted, without the blanks around its texts', () => {
    const before = instance('\n            false\n        ')
      .replace('<id>instanceid<', '<id> instanceid\n        <')
      .replace('>sharedregistry<', '>wso2registry<')
      .replace(/ *<cacheId>.*\n/, '')
      .replace('enableCache>true', 'enableCache> true');
    const after = instance('true');
    expect(applyRecipe(registryXml, 'worker', registry(head, shipped, shared, before, mounts, tail)).text).toBe(
      registry(head, shipped, shared, after, mounts, tail),
    );
  });

  test('the url of an instance that is there is its own affair', () => {
    const text = registry(head, shipped, shared, instance('true', 'https://governance:9443/registry'), mounts, tail);
    expect(applyRecipe(registryXml, 'worker', text).text).toBe(text);
  });

  test('an instance with another spelling of the id is another instance', () => {
    const other = '    <remoteInstance url="https://a">\n        <id>instanceId</id>\n    </remoteInstance>\n';
    const { text } = applyRecipe(registryXml, 'worker', registry(head, shipped, other, tail));
    expect(text).toBe(registry(head, shipped, shared, other, instance(), mounts, tail));
  });

  test('a dbConfig of the wanted name is pointed at the shared registry', () => {
    const other = shared.replace('WSO2RegistryDB', 'WSO2REG_DB');
    expect(applyRecipe(registryXml, 'worker', registry(head, shipped, other, instance(), mounts, tail)).text).toBe(
      workerText,
    );
  });

  test('a dbConfig with a connection of its own gets a data source, which Carbon prefers', () => {
    const inline = '    <dbConfig name="sharedregistry">\n        <url>jdbc:mysql://old/x</url>\n    </dbConfig>\n';
    const { text } = applyRecipe(registryXml, 'worker', registry(head, shipped, inline, instance(), mounts, tail));
    expect(text).toContain(
      '<url>jdbc:mysql://old/x</url>\n        <dataSource>jdbc/WSO2RegistryDB</dataSource>\n    </dbConfig>',
    );
  });

  test('mounts of the same path are pointed at the shared registry and keep how they lie over what is there', () => {
    const before = registry(
      head,
      shipped,
      mount('governance', 'governance/old', { overwrite: ' overwrite="virtual"', id: 'gov' }),
      tail,
    );
    expect(applyRecipe(registryXml, 'worker', before).text).toBe(
      registry(
        head,
        shipped,
        shared,
        instance(),
        mount('governance', 'governance', { overwrite: ' overwrite="virtual"' }),
        mount('config', 'asNodes'),
        tail,
      ),
    );
  });

  test('mounts of other paths stay', () => {
    const other = mount('local', 'local', { id: 'gov' });
    const { text } = applyRecipe(registryXml, 'worker', registry(head, shipped, shared, instance(), other, mounts));
    expect(text).toContain(other);
  });

  test.each(['', ' overwrite="false"', ' overwrite="yes"'])(
    'a mount with overwrite %j is left so, with a note',
    (overwrite) => {
      const text = registry(
        head,
        shipped,
        shared,
        instance(),
        mount('config', 'asNodes', { overwrite }),
        mount('governance', 'governance'),
        tail,
      );
      const result = applyRecipe(registryXml, 'worker', text);
      expect(result.text).toBe(text);
      expect(result.notes).toEqual([
        'The mount of /_system/config is left without overwrite="true" or "virtual": Carbon does not mount over a collection that exists already.',
      ]);
    },
  );

  test.each([
    ['dbConfig', registry(head, shipped, shared, shared, tail)],
    ['remoteInstance', registry(head, shipped, shared, instance(), instance(), tail)],
    ['mount', registry(head, shipped, shared, instance(), mount('config', 'a'), mount('config', 'b'), tail)],
  ])('a %s that is there twice is refused, as Carbon refuses it', (_, text) => {
    expect(() => applyRecipe(registryXml, 'worker', text)).toThrow('registry.xml: 2 elements match /wso2registry/');
  });

  test('the cache id follows the user and the database', () => {
    const { text } = applyRecipe(registryXml, 'worker', registry(head, shipped, tail), {
      databaseUser: 'carbon',
      databaseUrl: 'jdbc:postgresql://db/{database}?a=1&b=2',
    });
    expect(text).toContain('<cacheId>carbon@jdbc:postgresql://db/REGISTRY_DB?a=1&amp;b=2</cacheId>');
  });
});

describe('registry.xml: how a mount lies over what is there', () => {
  const stated = (overwrite: MountOverwrite): ClusterTopology => ({
    ...exampleCluster,
    registry: { ...exampleCluster.registry, overwrite },
  });
  const bothMounts = (overwrite: string): string =>
    registry(
      head,
      shipped,
      shared,
      instance(),
      mount('config', 'asNodes', { overwrite }),
      mount('governance', 'governance', { overwrite }),
      tail,
    );

  test.each<MountOverwrite>(['true', 'virtual', 'false'])(
    'is %s where the cluster says so, without a note',
    (wanted) => {
      const after = bothMounts(` overwrite="${wanted}"`);
      for (const before of [registry(head, shipped, tail), bothMounts(' overwrite="true"'), bothMounts(''), after]) {
        const result = applyRecipe(registryXml, 'worker', before, {}, stated(wanted));
        expect(result).toEqual({ text: after, notes: [] });
      }
    },
  );
});

describe('registry.xml: the local registry', () => {
  const inline = '    <dbConfig name="wso2registry">\n        <url>jdbc:h2:a</url>\n    </dbConfig>\n';
  const renamed = shipped.replace('jdbc/WSO2CarbonDB', 'jdbc/WSO2_LOCAL_DB');

  test.each([
    ['shared', 'see that no other node uses it'],
    ['single', 'with the single layout it has to be the one database of all nodes'],
  ])('in a connection of its own, with the %s layout, has a note', (databaseLayout, advice) => {
    expect(applyRecipe(registryXml, 'worker', registry(head, inline, tail), { databaseLayout }).notes).toEqual([
      `The local registry of this node is in the connection that registry.xml holds itself (dbConfig wso2registry), not in a datasource, and stays there; ${advice}.`,
    ]);
  });

  test.each(['shared', 'single'])('in a datasource of another name needs no note, with the %s layout', (layout) => {
    expect(applyRecipe(registryXml, 'worker', registry(head, renamed, tail), { databaseLayout: layout }).notes).toEqual(
      [],
    );
  });

  test('that no dbConfig holds has a note', () => {
    const text = registry(head.replace('wso2registry', 'localregistry'), shipped, tail);
    expect(applyRecipe(registryXml, 'worker', text).notes).toEqual([
      'currentDBConfig names localregistry, which no dbConfig is called: Carbon does not start like that.',
    ]);
  });

  test('of another name, but in the usual place, needs no note', () => {
    const text = registry(head, shipped).replaceAll('wso2registry<', 'own<').replace('"wso2registry"', '"own"');
    expect(applyRecipe(registryXml, 'worker', text.replace('</own<', '</wso2registry<')).notes).toEqual([]);
  });
});

describe('registry.xml with the single layout', () => {
  test('is left as it is', () => {
    const text = registry(head, shipped, tail);
    expect(applyRecipe(registryXml, 'worker', text, { databaseLayout: 'single' })).toEqual({ text, notes: [] });
  });

  test('keeps mounts that are there, with a note', () => {
    expect(applyRecipe(registryXml, 'worker', workerText, { databaseLayout: 'single' })).toEqual({
      text: workerText,
      notes: [
        'registry.xml mounts /_system/config, /_system/governance from a remote instance; the single layout needs no mount and leaves these as they are.',
      ],
    });
  });
});
