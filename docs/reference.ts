import { commandPage } from './command-page';
import { filePage } from './file-page';
import { block, code, page, table } from './markdown';
import { rulePage } from './rule-page';
import { clusterFilePage } from './schema-page';
import { operationSamples } from './operation-samples';
import { roleNames, roles } from '../lib/cluster/roles';
import type { DatabaseKind } from '../lib/database/database-kind';
import { databaseKindNames, databaseKinds } from '../lib/database/kinds';
import { expectedForm, type ArgumentKind } from '../lib/patch/argument';
import { operations, type OperationName } from '../lib/patch/operations';
import { patchText } from '../lib/patch/patch-text';

/** Every page of the reference by its name in `docs/reference`, made from the registries; `root` is the project folder. */
export async function referencePages(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['operations.md', operationPage()],
    ['files.md', await filePage(root)],
    ['roles.md', rolePage()],
    ['databases.md', databasePage()],
    ['rules.md', rulePage()],
    ['cluster-file.md', clusterFilePage()],
    ['commands.md', commandPage(root)],
  ]);
}

function operationPage(): string {
  const names = Object.keys(operations) as readonly OperationName[];
  return page(
    'Operations',
    '`lib/patch/operations`',
    'An operation is a plain object with `op` and the arguments below, as `patchText`, `patchBytes` and `parseOperations` take it.\nEvery operation is idempotent: asked for again, it finds nothing to do.\n`at` is an XPath 1.0 expression; its rules are in [xpath.md](../xpath.md).',
    ...names.flatMap(operationSection),
  );
}

function operationSection(name: OperationName): readonly string[] {
  const { summary, arguments: kinds } = operations[name];
  const { before, operation } = operationSamples[name];
  const rows = Object.entries<ArgumentKind>(kinds).map(([argument, { form, optional, description }]) => [
    code(argument),
    optional ? 'no' : 'yes',
    expectedForm(form),
    description,
  ]);
  return [
    `## ${name}`,
    summary,
    table(['Argument', 'Needed', 'Form', 'Meaning'], rows),
    block('json', JSON.stringify(operation, undefined, 2)),
    'Before and after:',
    block('xml', before),
    block('xml', patchText(before, [operation]).text),
  ];
}

function rolePage(): string {
  const yesNo = (fact: boolean): string => (fact ? 'yes' : 'no');
  const rows = roleNames.map((name) => {
    const { summary, subDomain, isWellKnownMember, isLoadBalancer, writesRegistry, servesConsole } = roles[name];
    return [
      code(name),
      summary,
      subDomain === undefined ? 'none' : code(subDomain),
      ...[isWellKnownMember, isLoadBalancer, writesRegistry, servesConsole].map(yesNo),
    ];
  });
  return page(
    'Roles',
    '`lib/cluster/roles`',
    'A role is a set of facts; the recipes of the files ask for the facts and never for the name.',
    table(
      [
        'Role',
        'What it is for',
        'subDomain',
        'Listed by others',
        'Load balancer',
        'Writes the registry',
        'Serves the console',
      ],
      rows,
    ),
  );
}

function databasePage(): string {
  const rows = databaseKindNames.map((name) => {
    const kind: DatabaseKind = databaseKinds[name];
    const { label, driverClassName, validationQuery, driverJar, defaultPort, sql } = kind;
    const example = kind.url({ host: 'db.example.org', port: defaultPort, database: 'REGISTRY_DB' });
    return [
      code(name),
      label,
      code(example),
      code(driverClassName),
      code(validationQuery),
      code(driverJar.source),
      sql?.client ? code(sql.client) : '',
      (sql?.tableScripts ?? []).map(code).join(', '),
    ];
  });
  return page(
    'Databases',
    '`lib/database/kinds`',
    'The URL is what `--db-type NAME --db-host db.example.org` gives, with the default port of the product.\nThe driver is not installed: its jar has to lie in `repository/components/lib` (`lib` in EI 6) of every manager and worker.',
    table(
      [
        '--db-type',
        'Product',
        'URL',
        'Driver',
        'Validation query',
        'Jar, as a regular expression',
        'Client of `sql`',
        'Table scripts, the best first',
      ],
      rows,
    ),
  );
}
