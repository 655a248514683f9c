import { describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { chooseNode, type TopologyOverrides } from '../../lib/cluster/overrides';
import type { RoleName } from '../../lib/cluster/roles';
import type { ConfPatch } from '../../lib/cluster/topology';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import { isNoOp, patchedText, type Plan } from '../../lib/plan/plan';
import type { PatchOperation } from '../../lib/patch/operations';
import { digestOf } from '../../lib/disk/read-file';
import { treeOf } from '../disk/temporary-home';
import { copyHome } from './fixture-home';

interface PlanWish {
  readonly overrides?: TopologyOverrides;
  readonly patches?: readonly ConfPatch[];
  readonly only?: readonly string[];
}

async function planFor(
  path: string,
  role: RoleName,
  { overrides = {}, only, patches = [] }: PlanWish = {},
): Promise<Plan> {
  const { topology, node } = chooseNode({ ...exampleCluster, patches }, role, overrides);
  return makePlan(await openHome(path), topology, node.name, only === undefined ? {} : { only });
}

/** The files of a plan, with a star behind those that change. */
const filesOf = ({ patches }: Plan): readonly string[] =>
  patches.map(({ path, edits }) => (edits.length > 0 ? `${path}*` : path));

function write(home: string, path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

describe('makePlan', () => {
  test('looks at every file that a manager or worker needs, in the order of the registry', async () => {
    expect(filesOf(await planFor(copyHome('esb-5.0.0'), 'worker'))).toEqual([
      'repository/conf/axis2/axis2.xml*',
      'repository/conf/carbon.xml*',
      'repository/conf/datasources/master-datasources.xml*',
      'repository/conf/registry.xml*',
      'repository/conf/user-mgt.xml*',
    ]);
  });

  test('uses the conf folder of the home, and no other profile', async () => {
    expect(filesOf(await planFor(copyHome('ei-6.6.0'), 'manager'))).toEqual([
      'conf/axis2/axis2.xml*',
      'conf/carbon.xml*',
      'conf/datasources/master-datasources.xml*',
      'conf/registry.xml*',
      'conf/user-mgt.xml*',
    ]);
  });

  test('of a load balancer looks at axis2.xml and loadbalancer.conf, and at carbon.xml where it is there', async () => {
    const home = copyHome('elb-2.0.4');
    expect(filesOf(await planFor(home, 'elb'))).toEqual([
      'repository/conf/axis2/axis2.xml*',
      'repository/conf/carbon.xml',
      'repository/conf/loadbalancer.conf*',
    ]);
    rmSync(join(home, 'repository/conf/carbon.xml'));
    expect(filesOf(await planFor(home, 'elb'))).toEqual([
      'repository/conf/axis2/axis2.xml*',
      'repository/conf/loadbalancer.conf*',
    ]);
  });

  test('holds what is needed to write the files, and reads only', async () => {
    const home = copyHome('esb-5.0.0');
    const before = treeOf(home);
    const { formatVersion, node, patches } = await planFor(home, 'worker');
    expect({ formatVersion, node }).toEqual({ formatVersion: 1, node: 'worker1' });
    for (const patch of patches) {
      const bytes = Buffer.from(before[patch.path]?.slice('0644 '.length) ?? '', 'utf8');
      expect(patch.baseDigest).toBe(digestOf(bytes));
      expect(patch.text).toBe(bytes.toString('utf8'));
      expect(patch.changes.length).toBeGreaterThan(0);
      expect(patchedText(patch)).not.toBe(patch.text);
    }
    expect(treeOf(home)).toEqual(before);
  });

  test('finds nothing to do where everything is as wanted', async () => {
    const home = copyHome('esb-4.9.0-clustered');
    for (const patch of (await planFor(home, 'worker')).patches) write(home, patch.path, patchedText(patch));
    const plan = await planFor(home, 'worker');
    expect(isNoOp(plan)).toBe(true);
    expect(plan.patches.flatMap(({ changes }) => changes)).toEqual([]);
  });

  test('takes an encoding that the file declares', async () => {
    const home = copyHome('esb-5.0.0');
    const { patches } = await planFor(home, 'worker');
    expect(patches.map(({ encoding, byteOrderMark }) => [encoding, byteOrderMark])).toEqual([
      ['ISO-8859-1', false],
      ['ISO-8859-1', false],
      ['UTF-8', false],
      ['ISO-8859-1', false],
      ['UTF-8', false],
    ]);
  });
});

describe('makePlan with only', () => {
  test.each([
    [['axis2.xml'], ['repository/conf/axis2/axis2.xml*']],
    [['axis2/axis2.xml'], ['repository/conf/axis2/axis2.xml*']],
    [['repository/conf/axis2/axis2.xml'], ['repository/conf/axis2/axis2.xml*']],
    [['./repository/conf/../conf/carbon.xml'], ['repository/conf/carbon.xml*']],
    [
      ['user-mgt.xml', 'carbon.xml', 'carbon.xml'],
      ['repository/conf/carbon.xml*', 'repository/conf/user-mgt.xml*'],
    ],
  ])('%j looks at %j', async (only, files) => {
    expect(filesOf(await planFor(copyHome('esb-5.0.0'), 'worker', { only }))).toEqual(files);
  });

  test('works where other files are missing or malformed', async () => {
    const plan = await planFor(copyHome('bad-missing'), 'worker', { only: ['carbon.xml', 'axis2.xml'] });
    expect(filesOf(plan)).toEqual(['repository/conf/axis2/axis2.xml*', 'repository/conf/carbon.xml*']);
  });

  test('refuses every name that is none, and says which there are', async () => {
    const home = copyHome('esb-5.0.0');
    await expect(planFor(home, 'worker', { only: ['axis2', 'catalina-server.xml', 'carbon.xml'] })).rejects.toThrow(
      new Error(
        [
          'the cluster is not valid; correct these values:',
          '  only: "axis2" is no file that role worker changes; it must be one of axis2.xml, carbon.xml, master-datasources.xml, registry.xml, user-mgt.xml',
          '  only: "catalina-server.xml" is no file that role worker changes; it must be one of axis2.xml, carbon.xml, master-datasources.xml, registry.xml, user-mgt.xml',
        ].join('\n'),
      ),
    );
  });

  test('refuses a file that the role leaves alone', async () => {
    await expect(planFor(copyHome('elb-2.1.0'), 'elb', { only: ['registry.xml'] })).rejects.toThrow(
      'only: "registry.xml" is no file that role elb changes; it must be one of axis2.xml, carbon.xml',
    );
  });

  test('an optional file that is asked for by name has to be there', async () => {
    const home = copyHome('elb-2.0.4');
    rmSync(join(home, 'repository/conf/carbon.xml'));
    await expect(planFor(home, 'elb', { only: ['carbon.xml'] })).rejects.toThrow(
      'repository/conf/carbon.xml: cannot be read: role elb needs it, and it is missing',
    );
  });
});

describe('makePlan refuses', () => {
  test('a node that the cluster does not have', async () => {
    const home = await openHome(copyHome('esb-5.0.0'));
    await expect(makePlan(home, exampleCluster, 'worker9')).rejects.toThrow(
      new Error('the cluster is not valid; correct these values:\n  the cluster has no node worker9'),
    );
  });

  test.each<[string, RoleName, string]>([
    [
      'esb-5.0.0',
      'elb',
      'not a home for role elb: it has no repository/conf/loadbalancer.conf, so it is no load balancer; use another role',
    ],
    [
      'ei-6.6.0',
      'elb',
      'not a home for role elb: it has no conf/loadbalancer.conf, so it is no load balancer; use another role',
    ],
    [
      'elb-2.0.4',
      'worker',
      'not a home for role worker: it has repository/conf/loadbalancer.conf, so it is a load balancer; use a role for one',
    ],
    [
      'elb-2.1.0',
      'manager',
      'not a home for role manager: it has repository/conf/loadbalancer.conf, so it is a load balancer; use a role for one',
    ],
  ])('%s as %s', async (name, role, problem) => {
    const home = copyHome(name);
    await expect(planFor(home, role)).rejects.toThrow(new Error(`${home}: ${problem}`));
  });

  test('files that are missing or malformed, all of them at once', async () => {
    const home = copyHome('bad-missing');
    rmSync(join(home, 'repository/conf/axis2/axis2.xml'));
    writeFileSync(
      join(home, 'repository/conf/carbon.xml'),
      '<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">\n</server>\n',
    );
    await expect(planFor(home, 'manager')).rejects.toThrow(
      new Error(
        [
          `${home}: 4 needed files are unusable; nothing was written:`,
          '  repository/conf/axis2/axis2.xml: cannot be read: role manager needs it, and it is missing',
          '  repository/conf/carbon.xml:2:1: not well-formed: end tag </server> where <Server> of line 1 is open; mend the file first',
          '  repository/conf/registry.xml: cannot be read: role manager needs it, and it is missing',
          '  repository/conf/user-mgt.xml:6:5: not well-formed: end tag </Realm> where <Configuration> of line 4 is open; mend the file first',
        ].join('\n'),
      ),
    );
  });

  test('a file that is not as its recipe needs it', async () => {
    const home = copyHome('esb-5.0.0');
    writeFileSync(join(home, 'repository/conf/registry.xml'), '<registry/>');
    await expect(planFor(home, 'worker')).rejects.toThrow(
      `${home}: a needed file is unusable; nothing was written:\n  repository/conf/registry.xml: nothing matches /wso2registry`,
    );
  });

  test('a file in an encoding that cannot be written back', async () => {
    const home = copyHome('esb-5.0.0');
    writeFileSync(
      join(home, 'repository/conf/user-mgt.xml'),
      '<?xml version="1.0" encoding="Shift_JIS"?><UserManager/>',
    );
    await expect(planFor(home, 'worker')).rejects.toThrow(
      'repository/conf/user-mgt.xml: encoding Shift_JIS cannot be written back safely',
    );
  });

  test('a value that no XML file can hold', async () => {
    const overrides = { databasePassword: 'a\u0001b' };
    await expect(planFor(copyHome('esb-5.0.0'), 'worker', { overrides })).rejects.toThrow(
      'repository/conf/datasources/master-datasources.xml: U+0001 cannot stand in an XML file',
    );
  });

  test('a folder where a file is meant', async () => {
    const home = copyHome('esb-5.0.0');
    rmSync(join(home, 'repository/conf/user-mgt.xml'));
    mkdirSync(join(home, 'repository/conf/user-mgt.xml'));
    await expect(planFor(home, 'worker')).rejects.toThrow(
      'repository/conf/user-mgt.xml: cannot be read: it is a folder, not a regular file',
    );
  });
});

describe('makePlan notes', () => {
  const started =
    'This home has been started before (R40 of carbon-patch check): mounts that it made then are kept in its local registry database and can outlive a change here.';

  test('are those of the files, in their order', async () => {
    expect((await planFor(copyHome('is-5.3.0'), 'manager')).notes).toEqual([
      'The password of jdbc/WSO2CarbonDB has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.',
      'Other passwords of this file are in the secure vault, but those of jdbc/WSO2RegistryDB, jdbc/WSO2UMDB are written in clear text; run the cipher tool over them.',
      'The user store is the LDAP server embedded in this node, which other nodes cannot share; configure a common user store on all nodes.',
    ]);
  });

  test('say that a home has been started, as long as registry.xml changes', async () => {
    const home = copyHome('esb-5.0.0');
    expect((await planFor(home, 'worker')).notes).toEqual([]);
    write(home, 'repository/logs/wso2carbon.log', '');
    expect((await planFor(home, 'worker')).notes).toEqual([started]);
    expect((await planFor(home, 'worker', { only: ['axis2.xml'] })).notes).toEqual([]);
    for (const patch of (await planFor(home, 'worker')).patches) write(home, patch.path, patchedText(patch));
    expect((await planFor(home, 'worker')).notes).toEqual([]);
  });

  test.each(['repository/conf/hazelcast.xml', 'repository/conf/etc/hazelcast.xml'])(
    'say that %s goes before axis2.xml',
    async (path) => {
      const home = copyHome('esb-5.0.0');
      write(home, path, '<hazelcast/>');
      expect((await planFor(home, 'worker')).notes).toEqual([
        `${path} is there: where Carbon reads it, the members, addresses and ports of axis2.xml are ignored.`,
      ]);
      expect((await planFor(home, 'worker', { only: ['carbon.xml'] })).notes).toEqual([]);
    },
  );
});

describe('makePlan with several datasource files', () => {
  const folder = 'repository/conf/datasources';
  const file = (...names: readonly string[]): string => {
    const one = names.map((name) => {
      const jndi = `<jndiConfig><name>${name}</name></jndiConfig>`;
      return `<datasource><name>${name.replace('jdbc/', '')}</name>${jndi}<definition type="RDBMS"><configuration><url>jdbc:h2:a</url></configuration></definition></datasource>`;
    });
    return `<datasources-configuration><datasources>${one.join('')}</datasources></datasources-configuration>`;
  };

  test('sets what another file has there, and makes what none has in the master', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, `${folder}/own-datasources.xml`, file('jdbc/WSO2UMDB', 'jdbc/Other'));
    const plan = await planFor(home, 'worker', { only: ['master-datasources.xml', 'own-datasources.xml'] });
    const [master, own] = plan.patches.map(patchedText);
    expect(master).toContain('<name>jdbc/WSO2RegistryDB</name>');
    expect(master).not.toContain('jdbc/WSO2UMDB');
    expect(own).toContain('3306/WSO2_USER_DB?');
    expect(own).toContain(
      '<name>jdbc/Other</name></jndiConfig><definition type="RDBMS"><configuration><url>jdbc:h2:a<',
    );
  });

  test('looks only at those that hold something the cluster wants, unless they are named', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, `${folder}/a-datasources.xml`, file('jdbc/Other'));
    write(home, `${folder}/b-datasources.xml`, file('jdbc/WSO2RegistryDB'));
    write(home, `${folder}/master-datasource.xml`, 'never read');
    expect(filesOf(await planFor(home, 'worker')).slice(2, 4)).toEqual([
      `${folder}/master-datasources.xml*`,
      `${folder}/b-datasources.xml*`,
    ]);
    const named = await planFor(home, 'worker', { only: ['a-datasources.xml'] });
    expect(filesOf(named)).toEqual([`${folder}/a-datasources.xml`]);
  });

  test('names the embedded databases of all of them once', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, `${folder}/a-datasources.xml`, file('jdbc/A'));
    write(home, `${folder}/b-datasources.xml`, file('jdbc/B'));
    expect((await planFor(home, 'worker')).notes).toEqual([
      'Left as embedded databases, which each node has for itself: A (jdbc/A), B (jdbc/B); where the nodes have to share their data, point them at a database server.',
    ]);
  });

  test('tells apart names that another file has taken, and says where one is bound twice', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, `${folder}/a-datasources.xml`, file('jdbc/WSO2_USER_DB', 'jdbc/WSO2RegistryDB'));
    write(home, `${folder}/b-datasources.xml`, file('jdbc/WSO2RegistryDB'));
    const plan = await planFor(home, 'worker');
    expect(plan.notes.slice(0, 2)).toEqual([
      `jdbc/WSO2RegistryDB is set in ${folder}/a-datasources.xml, but ${folder}/b-datasources.xml has it too: remove all but one.`,
      'A datasource named WSO2_USER_DB is there with JNDI name jdbc/WSO2_USER_DB; it is left as it is, and the new one is named WSO2UMDB.',
    ]);
  });

  test('refuses one that is malformed, as it may hold what is wanted', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, `${folder}/a-datasources.xml`, '<datasources>');
    await expect(planFor(home, 'worker')).rejects.toThrow(`${folder}/a-datasources.xml:1:`);
    expect(filesOf(await planFor(home, 'worker', { only: ['axis2.xml'] }))).toHaveLength(1);
  });

  test('refuses to guess names that a malformed file decides', async () => {
    const home = copyHome('esb-5.0.0');
    write(home, 'repository/conf/user-mgt.xml', '<UserManager>');
    await expect(planFor(home, 'worker', { only: ['registry.xml'] })).rejects.toThrow(
      `${home}: a needed file is unusable; nothing was written:\n  repository/conf/user-mgt.xml:1:`,
    );
  });
});

describe('makePlan with patches of the cluster', () => {
  const patch = (file: string, operations: readonly PatchOperation[], nodes?: readonly string[]): ConfPatch => ({
    file,
    nodes,
    namespaces: {},
    operations,
  });
  const title: PatchOperation = { op: 'setText', at: '/Server/Name', value: 'Mine' };
  const catalina = 'tomcat/catalina-server.xml';
  const proxy: PatchOperation = {
    op: 'setAttribute',
    at: "//Connector[@port='9443']",
    name: 'proxyPort',
    value: '443',
  };

  test('makes them after the recipe, in one patch a file, and needs nothing the second time', async () => {
    const home = copyHome('esb-5.0.0');
    const patches = [patch('carbon.xml', [title]), patch(`./${catalina}`, [proxy]), patch('carbon.xml', [title])];
    const plan = await planFor(home, 'worker', { patches });
    expect(filesOf(plan).slice(5)).toEqual([`repository/conf/${catalina}*`]);
    expect(plan.patches.filter(({ path }) => path.endsWith('/carbon.xml'))).toHaveLength(1);
    const [, carbon] = plan.patches.map(patchedText);
    expect(carbon).toContain('<Name>Mine</Name>');
    expect(carbon).toContain('<HostName>esb.cloud-test.wso2.com</HostName>');
    for (const one of plan.patches) write(home, one.path, patchedText(one));
    expect(isNoOp(await planFor(home, 'worker', { patches }))).toBe(true);
  });

  test('wins over the recipe, as one change', async () => {
    const home = copyHome('esb-5.0.0');
    const patches = [patch('carbon.xml', [{ op: 'setText', at: '/Server/Ports/Offset', value: '7' }])];
    const plan = await planFor(home, 'manager', { patches, only: ['carbon.xml'] });
    expect(plan.patches[0]?.changes.map(({ before, after }) => `${before} → ${after}`)).toContain('0 → 7');
    for (const one of plan.patches) write(home, one.path, patchedText(one));
    expect(isNoOp(await planFor(home, 'manager', { patches, only: ['carbon.xml'] }))).toBe(true);
  });

  test.each([
    [['worker1'], true],
    [['worker2', 'worker1'], true],
    [['manager'], false],
    [[], false],
    [undefined, true],
  ])('for the nodes %j are made for worker1: %s', async (nodes, isMade) => {
    const plan = await planFor(copyHome('esb-5.0.0'), 'worker', { patches: [patch(catalina, [proxy], nodes)] });
    expect(filesOf(plan).includes(`repository/conf/${catalina}*`)).toBe(isMade);
  });

  test('are chosen by only, too', async () => {
    const wish = { patches: [patch(catalina, [proxy])], only: ['catalina-server.xml'] };
    expect(filesOf(await planFor(copyHome('esb-5.0.0'), 'worker', wish))).toEqual([`repository/conf/${catalina}*`]);
    await expect(planFor(copyHome('esb-5.0.0'), 'worker', { ...wish, only: ['x.xml'] })).rejects.toThrow(
      'it must be one of axis2.xml, carbon.xml, master-datasources.xml, registry.xml, user-mgt.xml, catalina-server.xml',
    );
  });

  test('use the prefixes that they declare', async () => {
    const namespaces = { c: 'http://wso2.org/projects/carbon/carbon.xml' };
    const one = { ...patch('carbon.xml', [{ ...title, at: '/c:Server/c:Name' }]), namespaces };
    const plan = await planFor(copyHome('esb-5.0.0'), 'worker', { patches: [one], only: ['carbon.xml'] });
    expect(plan.patches.map(patchedText)[0]).toContain('<Name>Mine</Name>');
  });

  test('that fail are told together with all other problems', async () => {
    const home = copyHome('esb-5.0.0');
    rmSync(join(home, 'repository/conf/registry.xml'));
    const patches = [
      patch(catalina, [{ ...proxy, at: '//Nothing' }]),
      patch('nothing.xml', [title]),
      patch('../outside.xml', [title]),
      patch('/etc/hosts', [title]),
      patch('carbon.xml', [{ ...title, at: '/Server/[' }]),
    ];
    const error: unknown = await planFor(home, 'worker', { patches }).catch((caught: unknown) => caught);
    const [head, ...causes] = String(error).split('\n');
    expect(head).toContain('6 needed files are unusable');
    expect(causes.map((cause) => cause.trim().replace(/(XPath \S+: ).*/, '$1…'))).toEqual([
      'repository/conf/carbon.xml: XPath /Server/[: …',
      'repository/conf/registry.xml: cannot be read: role worker needs it, and it is missing',
      `repository/conf/${catalina}: nothing matches //Nothing; there is Engine, Service, Server; correct the XPath, or the file`,
      'repository/conf/nothing.xml: cannot be read: a patch of the cluster names it, and it is missing; correct the name, or leave the patch out for this node',
      '../outside.xml: cannot be read: a patch of the cluster names it, and it is outside of repository/conf; name a file in there, relative to it',
      '/etc/hosts: cannot be read: a patch of the cluster names it, and it is outside of repository/conf; name a file in there, relative to it',
    ]);
  });

  test('that the recipe would undo again and again are refused', async () => {
    const patches = [patch('carbon.xml', [{ op: 'commentOut', at: '/Server/HostName' }])];
    await expect(planFor(copyHome('esb-5.0.0'), 'worker', { patches })).rejects.toThrow(
      'operation commentOut: a second run would change carbon.xml again, as the patches of the cluster and the recipe of the role undo what the other does',
    );
  });

  test('that give the home other names are followed at once', async () => {
    const home = copyHome('esb-5.0.0');
    const property = "/UserManager/Realm/Configuration/Property[@name='dataSource']";
    const patches = [patch('user-mgt.xml', [{ op: 'setText', at: property, value: 'jdbc/Mine' }])];
    const plan = await planFor(home, 'worker', { patches });
    const master = plan.patches.find(({ path }) => path.endsWith('/master-datasources.xml'));
    expect(master && patchedText(master)).toContain('<name>jdbc/Mine</name>');
    expect(master && patchedText(master)).not.toContain('jdbc/WSO2UMDB');
    for (const one of plan.patches) write(home, one.path, patchedText(one));
    expect(isNoOp(await planFor(home, 'worker', { patches }))).toBe(true);
  });

  test('on a load balancer reach its files', async () => {
    const only = ['carbon.xml'];
    const plan = await planFor(copyHome('elb-2.0.4'), 'elb', { patches: [patch('carbon.xml', [title])], only });
    expect(filesOf(plan)).toEqual(['repository/conf/carbon.xml*']);
  });

  test('on a file that is no XML are refused', async () => {
    const patches = [patch('loadbalancer.conf', [title])];
    await expect(planFor(copyHome('elb-2.0.4'), 'elb', { patches })).rejects.toThrow(
      'repository/conf/loadbalancer.conf:1:1: not well-formed',
    );
  });
});

describe('makePlan of a file that is no XML', () => {
  const path = 'repository/conf/loadbalancer.conf';

  test('has its edits and the settings that change, and finds nothing to do the second time', async () => {
    const home = copyHome('elb-2.1.0');
    const plan = await planFor(home, 'elb', { only: ['loadbalancer.conf'] });
    expect(filesOf(plan)).toEqual([`${path}*`]);
    const [one] = plan.patches;
    expect(one?.changes.map((change) => ('setting' in change ? change.setting : ''))).toContain(
      'services/esb/domains/wso2.esb.domain/group_mgt_port',
    );
    expect(one).toMatchObject({
      encoding: 'UTF-8',
      byteOrderMark: false,
      baseDigest: digestOf(readFileSync(join(home, path))),
    });
    if (one) write(home, path, patchedText(one));
    expect(isNoOp(await planFor(home, 'elb', { only: ['loadbalancer.conf'] }))).toBe(true);
  });

  test('needs an axis2.xml that can be read, and names it once', async () => {
    const home = copyHome('elb-2.1.0');
    write(home, 'repository/conf/axis2/axis2.xml', '<axisconfig>');
    await expect(planFor(home, 'elb')).rejects.toThrow(`${home}: a needed file is unusable; nothing was written:`);
  });
});
