import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { code, page, table } from './markdown';
import { describeHome, type CarbonHome } from '../lib/carbon/carbon-home';
import type { CarbonFile } from '../lib/carbon/carbon-file';
import { carbonFiles } from '../lib/carbon/files';
import { exampleCluster } from '../lib/cluster/example-cluster';
import { chooseNode, type NodeChoice } from '../lib/cluster/overrides';
import { roleNames, roleOf, type RoleName } from '../lib/cluster/roles';
import type { PatchOperation } from '../lib/patch/operations';
import { openHome } from '../lib/plan/open-home';
import { maskSecrets, mask } from '../lib/report/mask-secrets';
import { namesSecret } from '../lib/report/mask-xpath';
import { parseBytes, type SourceDocument } from '../lib/xml/document';
import { fragmentSource, fragmentSources } from '../lib/xml/fragment';

/** The page of all files: what they are, which role needs them, and what their recipes ask for in a stock home. */
export async function filePage(root: string): Promise<string> {
  const examples = await Promise.all(roleNames.map((role) => exampleOf(root, role)));
  const rows = carbonFiles.map((file) => [
    code(file.name),
    code(file.path),
    ...roleNames.map((role) => file.need(roleOf(role))),
  ]);
  const homes = examples.map(({ role, home }) => `- \`${role}\`: ${describeHome(home)}`);
  return page(
    'Files',
    '`lib/carbon/files`',
    'Paths are relative to the conf folder of the home: `repository/conf`, or `conf` in EI 6.\nA home without a file that is required for a role is refused for that role; an optional file is patched where it is there.',
    table(['File', 'Path', ...roleNames.map((role) => `For ${role}`)], rows),
    'The tables below are what the recipes ask for with the built-in example cluster, in these homes:',
    homes.join('\n'),
    'What a home has already is not written again.\n"Created" says that the element is made where it is missing.',
    ...carbonFiles.flatMap((file) => section(file, examples)),
  );
}

interface Example extends NodeChoice {
  readonly role: RoleName;
  readonly home: CarbonHome;
}

async function exampleOf(root: string, role: RoleName): Promise<Example> {
  const folder = roleOf(role).isLoadBalancer ? 'elb-2.1.0' : 'esb-5.0.0';
  const home = await openHome(join(root, 'fixtures/homes', folder));
  return { role, home, ...chooseNode(exampleCluster, role) };
}

function section(file: CarbonFile, examples: readonly Example[]): readonly string[] {
  const { name, summary, settings } = file;
  const shown = [...new Set(settings.map((setting) => setting.name))].map(code).join(', ');
  return [
    `## ${name}`,
    summary,
    `\`show\` reads from it: ${shown}.`,
    ...examples
      .filter(({ role }) => file.need(roleOf(role)) !== 'untouched')
      .flatMap((example) => [`### ${name} for ${example.role}`, recipeTable(file, example)]),
  ];
}

function recipeTable(file: CarbonFile, { role, home, node, topology }: Example): string {
  const place = join(home.path, home.confFolder, file.path);
  const document = parseBytes(readFileSync(place), file.path, file.namespaces);
  const { operations } = file.recipe({ node, role: roleOf(role), topology, document });
  const rows = operations.flatMap((operation, index) => {
    const previous = operations[index - 1];
    if (isFollowedBySetter(operation, operations[index + 1])) return [];
    const isCreated = operation.op === 'ensureElement' || (previous && isFollowedBySetter(previous, operation));
    return [[code(operation.op), isCreated ? 'yes' : 'no', code(operation.at), wantedBy(operation, document)]];
  });
  return table(['Operation', 'Created', 'Target', 'Wanted'], rows);
}

/** True for an element that is made where it is missing and then set by the next operation, which says the same. */
function isFollowedBySetter(operation: PatchOperation, next: PatchOperation | undefined): boolean {
  if (operation.op !== 'ensureElement' || next === undefined) return false;
  const isSetter = next.op === 'setText' || next.op === 'setAttribute' || next.op === 'replaceChildren';
  const [, target = ''] = next.at.startsWith(`${operation.at}/`) ? [0, next.at.slice(operation.at.length + 1)] : [];
  const isChild = target === operation.element.name || target.startsWith(`${operation.element.name}[`);
  return isSetter && isChild && operation.element.children === undefined;
}

function wantedBy(operation: PatchOperation, document: SourceDocument): string {
  const inline = { indent: '', unit: '', newline: undefined };
  switch (operation.op) {
    case 'setText':
      return code(namesSecret(operation.at) ? mask : operation.value);
    case 'setAttribute':
      return code(`${operation.name}="${operation.value}"`);
    case 'ensureElement':
      return code(maskSecrets(fragmentSource(operation.element, inline, document)));
    case 'replaceChildren':
      return operation.children.length === 0
        ? 'no such child'
        : code(fragmentSources(operation.children, inline, document));
    case 'removeAttribute':
    case 'removeElement':
      return 'nothing';
    case 'commentOut':
    case 'uncomment':
      return '';
  }
}
