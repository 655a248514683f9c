import type { HomeFacts } from '../../carbon/facts/home-facts';
import { roleOf } from '../../cluster/roles';
import type { CheckedNode, UnopenedHome } from '../checked-cluster';
import type { Finding, Rule } from '../rule';

/** Every file that a role needs is there and can be read. */
export const filesReadable: Rule = {
  title: 'Every home can be opened, and the files that its role needs are there and well-formed.',
  why: 'A server that cannot read one of these files does not start, or starts with other settings than those it was given.',
  severities: ['error'],
  evaluate: ({ nodes, unopened }) => [
    ...unopened.filter(({ code }) => code !== 'HOME_GENERATED').map(unopenedFinding),
    ...nodes.flatMap((node) => [...unreadableFindings(node), ...missingFindings(node)]),
  ],
};

function unopenedFinding({ name, home, message }: UnopenedHome): Finding {
  const [cause = message, ...advice] = message.split('; ');
  return {
    severity: 'error',
    nodes: [],
    place: undefined,
    what: `${name} was not checked: ${cause}`,
    fix: advice.length > 0 ? advice.join('; ') : `see that the folder ${home} can be read`,
  };
}

function unreadableFindings(node: CheckedNode): readonly Finding[] {
  return node.facts.unreadable.map(({ path, line, column, problem }) => ({
    severity: 'error',
    nodes: [node],
    place: { path, line, column },
    what: `the file ${withoutAdvice(problem)}`,
    fix: 'mend the file and check again; its settings were not looked at',
  }));
}

/** The second half of a message of this library says what to do next, which stands in the fix. */
function withoutAdvice(problem: string): string {
  return problem.split('; ')[0] ?? problem;
}

interface NeededFile {
  readonly file: string;
  readonly isForLoadBalancer: boolean;
  readonly isRead: (facts: HomeFacts) => boolean;
}

const neededFiles: readonly NeededFile[] = [
  { file: 'axis2/axis2.xml', isForLoadBalancer: true, isRead: ({ axis2 }) => axis2 !== undefined },
  // The recipes do without it on a load balancer, and so do copies of one that hold only what is to be changed.
  { file: 'carbon.xml', isForLoadBalancer: false, isRead: ({ carbonXml }) => carbonXml !== undefined },
  { file: 'registry.xml', isForLoadBalancer: false, isRead: ({ registry }) => registry !== undefined },
  { file: 'user-mgt.xml', isForLoadBalancer: false, isRead: ({ userMgt }) => userMgt !== undefined },
  {
    file: 'datasources/master-datasources.xml',
    isForLoadBalancer: false,
    isRead: ({ datasourceFiles }) => datasourceFiles.some((path) => path.endsWith('/master-datasources.xml')),
  },
];

function missingFindings(node: CheckedNode): readonly Finding[] {
  const { facts, role } = node;
  const missing = neededFiles
    .filter(({ isForLoadBalancer }) => isForLoadBalancer || !roleOf(role).isLoadBalancer)
    .filter(({ isRead }) => !isRead(facts))
    .map(({ file }) => `${facts.home.confFolder}/${file}`)
    .filter((path) => !facts.unreadable.some((file) => file.path === path));
  return missing.map((path) => ({
    severity: 'error',
    nodes: [node],
    place: undefined,
    what: `${path} is missing`,
    fix: `copy it from a fresh home of the same release${misspelled(path, facts)}`,
  }));
}

/** A guide calls the file of the datasources by a name that Carbon never reads. */
function misspelled(path: string, { strayDatasourceFiles }: HomeFacts): string {
  const [stray] = path.endsWith('-datasources.xml') ? strayDatasourceFiles : [];
  return stray === undefined ? '' : `, or give ${stray} this name where that is the file`;
}
