import { roleOf } from '../../cluster/roles';
import type { DeploymentSynchronizer } from '../../cluster/topology';
import type { PatchOperation } from '../../patch/operations';
import { commentedElements } from '../../xml/commented';
import { childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import type { FileRecipe, RecipeContext } from '../carbon-file';
import { textAt } from '../datasources';
import { placeInOrder } from '../element-order';
import { isAliased } from '../secret-alias';
import { repositoryNames } from '../synchronizer-names';
import { xpathLiteral } from '../xpath-literal';

const at = '/Server/DeploymentSynchronizer';

/**
 * `DeploymentSynchronizer` of carbon.xml, where the cluster states one. Carbon 4.2 and later ship it live and off, earlier
 * ones as two commented-out samples: the sample of the wanted repository is made live, and there is never a second live one.
 */
export function deploymentSynchronizer(context: RecipeContext): FileRecipe {
  const wanted = context.topology.deploymentSynchronizer;
  if (wanted === undefined) return { operations: [], notes: [] };
  const block = blockOf(context.document, wanted);
  const { password } = repositoryNames(wanted.repositoryType);
  const hasAlias = block !== undefined && isAliased(block.document, block.element, password);
  const values = Object.entries(valuesOf(context, wanted)).filter(([name]) => !(hasAlias && name === password));
  return {
    operations: [
      ...(block?.isLive ? [] : makeLive(block !== undefined, wanted)),
      ...values.flatMap(([name, value]) => setChild(name, value)),
    ],
    notes: hasAlias ? [aliasNote(password)] : [],
  };
}

/** The order in which the shipped files write the children. */
const documentedOrder = [
  'Enabled',
  'AutoCommit',
  'AutoCheckout',
  'RepositoryType',
  'SvnUrl',
  'SvnUser',
  'SvnPassword',
  'SvnUrlAppendTenantId',
  'GitBaseUrl',
  'GitUserName',
  'GitPassword',
];

function aliasNote(name: string): string {
  return `The ${name} of carbon.xml has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.`;
}

/** The password of a repository that asks for none stays what it is, and so does its user. */
function valuesOf(context: RecipeContext, wanted: DeploymentSynchronizer): Readonly<Record<string, string>> {
  const { repositoryType, svnUrl, svnUser, svnPassword, svnUrlAppendTenantId } = wanted;
  const { url, user, password, appendTenantId } = repositoryNames(repositoryType);
  return {
    Enabled: 'true',
    AutoCommit: String(isCommitter(context)),
    AutoCheckout: 'true',
    RepositoryType: repositoryType,
    [url]: svnUrl,
    ...(svnUser === undefined ? {} : { [user]: svnUser }),
    ...(svnPassword === undefined ? {} : { [password]: svnPassword }),
    ...(appendTenantId === undefined ? {} : { [appendTenantId]: String(svnUrlAppendTenantId) }),
  };
}

/** Two nodes that commit run into each other's conflicts, so of several managers the first does. */
function isCommitter({ node, topology }: RecipeContext): boolean {
  return topology.nodes.find(({ role }) => roleOf(role).writesRegistry)?.name === node.name;
}

/** A block that can become the wanted one; of a sample with the document that its comment holds. */
interface Block {
  readonly document: SourceDocument;
  readonly element: ElementSource;
  readonly isLive: boolean;
}

/** The live block, else the only sample of the wanted kind of repository; another kind is not turned into it. */
function blockOf(document: SourceDocument, { repositoryType }: DeploymentSynchronizer): Block | undefined {
  const [live] = childElements(document.root, 'DeploymentSynchronizer');
  if (live !== undefined) return { document, element: live, isLive: true };
  const [sample, ...others] = commentedElements(document, document.root)
    .flatMap(({ document: commented, elements }) => elements.map((element) => ({ document: commented, element })))
    .filter(({ element }) => element.name === 'DeploymentSynchronizer')
    .filter((one) => textAt(one.document, one.element, 'RepositoryType') === repositoryType);
  return sample === undefined || others.length > 0 ? undefined : { ...sample, isLive: false };
}

function makeLive(hasSample: boolean, { repositoryType }: DeploymentSynchronizer): readonly PatchOperation[] {
  if (hasSample)
    return [{ op: 'uncomment', at: `${at}[normalize-space(RepositoryType)=${xpathLiteral(repositoryType)}]` }];
  const element = { name: 'DeploymentSynchronizer', children: [{ name: 'Enabled', text: 'true' }] };
  return [{ op: 'ensureElement', at: '/Server', element, place: ['besideSample', { before: 'ServerInitializers' }] }];
}

function setChild(name: string, value: string): readonly PatchOperation[] {
  return [
    { op: 'ensureElement', at, element: { name, text: value }, place: placeInOrder(documentedOrder, name) },
    { op: 'setText', at: `${at}/${name}`, value },
  ];
}
