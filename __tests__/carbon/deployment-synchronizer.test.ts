import { describe, expect, test } from '@jest/globals';
import { carbonXml } from '../../lib/carbon/files/carbon-xml';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import { roleOf } from '../../lib/cluster/roles';
import type { ClusterTopology, DeploymentSynchronizer } from '../../lib/cluster/topology';
import { parseText } from '../../lib/xml/document';
import { applyRecipe } from './apply-recipe';

const synchronizer: DeploymentSynchronizer = {
  repositoryType: 'svn',
  svnUrl: 'https://svn.example.org/a',
  svnUser: 'deployer',
  svnPassword: 'secret',
  svnUrlAppendTenantId: true,
};
const cluster = (stated: Partial<DeploymentSynchronizer> = {}): ClusterTopology => ({
  ...exampleCluster,
  deploymentSynchronizer: { ...synchronizer, ...stated },
});

const server = (content: string): string =>
  `<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">\n    <HostName>esb.cloud-test.wso2.com</HostName>\n    <MgtHostName>mgt.esb.wso2.com</MgtHostName>\n    <Ports>\n        <Offset>1</Offset>\n    </Ports>\n${content}</Server>\n`;

function children(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `        <${name}>${value}</${name}>\n`)
    .join('');
}

const live = (content: string): string => `    <DeploymentSynchronizer>\n${content}    </DeploymentSynchronizer>\n`;
const commented = (content: string): string =>
  `    <!--DeploymentSynchronizer>\n${content}    </DeploymentSynchronizer-->\n`;

const wanted = {
  Enabled: 'true',
  AutoCommit: 'true',
  AutoCheckout: 'true',
  RepositoryType: 'svn',
  SvnUrl: 'https://svn.example.org/a',
  SvnUser: 'deployer',
  SvnPassword: 'secret',
  SvnUrlAppendTenantId: 'true',
};
const shipped = {
  ...wanted,
  Enabled: 'false',
  AutoCommit: 'false',
  SvnUrl: 'http://svnrepo.example.com/repos/',
  SvnUser: 'username',
  SvnPassword: 'password',
};
const other = commented(children({ Enabled: 'true', AutoCheckout: 'true', RepositoryType: 'registry' }));

describe('DeploymentSynchronizer', () => {
  test('is left alone where the cluster states none', () => {
    const text = server(live(children(shipped)));
    expect(applyRecipe(carbonXml, 'manager', text)).toEqual({ text, notes: [] });
  });

  test.each([
    ['a live one that is off, beside a sample', live(children(shipped)) + other, live(children(wanted)) + other],
    ['two samples', commented(children(shipped)) + other, live(children(wanted)) + other],
    ['one that is as wanted', live(children(wanted)), live(children(wanted))],
    [
      'a live one without most children',
      live(children({ Enabled: 'false', RepositoryType: 'svn' })),
      live(children(wanted)),
    ],
    ['a sample of another repository only', other, other + live(children(wanted))],
    [
      'two samples of the repository, of which none is the one',
      commented(children(shipped)) + commented(children(wanted)),
      commented(children(shipped)) + live(children(wanted)) + commented(children(wanted)),
    ],
    ['nothing', '', live(children(wanted))],
  ])('of the first manager, from %s', (_, before, after) => {
    expect(applyRecipe(carbonXml, 'manager', server(before), {}, cluster())).toEqual({
      text: server(after),
      notes: [],
    });
  });

  test.each([
    ['a live one that is off', live(children(shipped)) + other],
    ['a live one that commits', live(children(wanted)) + other],
    ['two samples', commented(children(shipped)) + other],
    ['a sample of another repository only', other],
    ['nothing', ''],
  ])('of a worker checks out and never commits, from %s', (_, before) => {
    const { text } = applyRecipe(carbonXml, 'worker', server(before), {}, cluster());
    expect(text).toContain(live(children({ ...wanted, AutoCommit: 'false' })));
    expect(text.match(/<DeploymentSynchronizer>/g)).toHaveLength(1);
    expect(applyRecipe(carbonXml, 'worker', text, {}, cluster()).text).toBe(text);
  });

  const git = {
    Enabled: 'true',
    AutoCommit: 'true',
    AutoCheckout: 'true',
    RepositoryType: 'git',
    GitBaseUrl: 'https://svn.example.org/a',
    GitUserName: 'deployer',
    GitPassword: 'secret',
  };

  test.each([
    [
      'a live one of SVN that is off',
      live(children(shipped)),
      live(children({ ...shipped, ...git, Enabled: 'true', AutoCommit: 'true' })),
    ],
    ['a sample of SVN', commented(children(shipped)), commented(children(shipped)) + live(children(git))],
    ['nothing', '', live(children(git))],
  ])('of a git repository has the names that git has, from %s', (_, before, after) => {
    const topology = cluster({ repositoryType: 'git' });
    expect(applyRecipe(carbonXml, 'manager', server(before), {}, topology)).toEqual({ text: server(after), notes: [] });
    expect(applyRecipe(carbonXml, 'manager', server(after), {}, topology).text).toBe(server(after));
  });

  test('of the second manager does not commit either', () => {
    const [elb, manager, ...workers] = exampleCluster.nodes;
    if (manager === undefined) throw new Error('the example has no manager');
    const first = { ...manager, name: 'first' };
    const twins: ClusterTopology = { ...cluster(), nodes: [elb, first, manager, ...workers] };
    const document = parseText(server(live(children(shipped))), 'carbon.xml');
    const { operations } = carbonXml.recipe({ node: manager, role: roleOf('manager'), topology: twins, document });
    const at = '/Server/DeploymentSynchronizer/AutoCommit';
    expect(operations).toContainEqual({ op: 'setText', at, value: 'false' });
  });

  test('of a load balancer is left alone', () => {
    const text = server(live(children(shipped))).replace('<Offset>1<', '<Offset>0<');
    expect(applyRecipe(carbonXml, 'elb', text, {}, cluster())).toEqual({ text, notes: [] });
  });

  test('without a user keeps the user and the password that are there', () => {
    const { text } = applyRecipe(
      carbonXml,
      'manager',
      server(live(children(shipped))),
      {},
      cluster({ svnUser: undefined, svnPassword: undefined, svnUrlAppendTenantId: false }),
    );
    const kept = { ...wanted, SvnUser: 'username', SvnPassword: 'password', SvnUrlAppendTenantId: 'false' };
    expect(text).toBe(server(live(children(kept))));
  });

  test.each([
    ['live', live],
    ['commented', commented],
  ])('keeps a password with an alias, %s', (_, block) => {
    const alias = (content: string): string =>
      content.replace(/<SvnPassword>.*</, '<SvnPassword xmlns:s="urn:s" s:secretAlias="Svn.Password">password<');
    const { text, notes } = applyRecipe(carbonXml, 'manager', server(block(alias(children(shipped)))), {}, cluster());
    expect(text).toBe(server(live(alias(children(wanted)))));
    expect(notes).toEqual([
      'The SvnPassword of carbon.xml has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.',
    ]);
  });

  test('two live ones are refused with both lines', () => {
    expect(() =>
      applyRecipe(carbonXml, 'manager', server(live(children(shipped)) + live(children(shipped))), {}, cluster()),
    ).toThrow('carbon.xml: 2 elements match /Server/DeploymentSynchronizer');
  });
});
