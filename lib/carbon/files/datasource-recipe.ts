import { databaseKinds, type DatabaseKindName } from '../../database/kinds';
import type { DatabaseKind } from '../../database/database-kind';
import type { PatchOperation } from '../../patch/operations';
import { textOf, type SourceDocument } from '../../xml/document';
import type { NewElement } from '../../xml/fragment';
import { situationOf, type FileRecipe, type RecipeContext } from '../carbon-file';
import { childAt, datasourcesOf, textAt, type Datasource } from '../datasources';
import { placeInOrder } from '../element-order';
import { isAliased } from '../secret-alias';
import { xpathLiteral } from '../xpath-literal';
import type { WantedDatasource } from './wanted-datasources';

/** XPath of the element that holds the datasources. */
export const datasourcesPath = '/datasources-configuration/datasources';

/** The datasource is found by its JNDI name, which is what other files look up; where it is not there, it is added behind the last. */
export function datasourceRecipe(context: RecipeContext, wanted: WantedDatasource): FileRecipe {
  const { document, topology } = context;
  const { kind, layout, pool: stated } = topology.database;
  const { validationQuery } = databaseKinds[kind];
  const values: Readonly<Record<string, string>> = {
    url: wanted.url,
    ...wanted.user,
    driverClassName: driverClassNameOf(context, kind),
    validationQuery,
    ...stated,
  };
  const pool = { ...poolSettings(validationQuery), ...stated };
  const { name, note } = freeName(context, wanted);
  const datasource = `${datasourcesPath}/datasource[normalize-space(jndiConfig/name)=${xpathLiteral(wanted.jndiName)}]`;
  const at = `${datasource}/definition/configuration`;
  const existing = datasourcesOf(document).find(({ jndiName }) => jndiName === wanted.jndiName);
  const aliased = aliasedChildren(document, existing, Object.keys(values));
  const set = Object.entries(values).filter(([child]) => !aliased.includes(child));
  return {
    operations: [
      {
        op: 'ensureElement',
        at: datasourcesPath,
        element: newDatasource(name, wanted, { ...values, ...pool }),
        key: ['jndiConfig/name'],
        place: [{ after: 'datasource' }, 'besideSample', 'first'],
      },
      ...exactJndiName(document, existing, `${datasource}/jndiConfig/name`),
      ...set.flatMap(([child, value]) => [
        ensureSetting(at, child, value),
        { op: 'setText', at: `${at}/${child}`, value } as const,
      ]),
      ...(layout === 'shared' ? Object.entries(pool).map(([child, value]) => ensureSetting(at, child, value)) : []),
    ],
    notes: [...note, ...aliased.map((child) => aliasNote(wanted.jndiName, child))],
  };
}

/** The order in which the shipped files write the children of a datasource's configuration. */
const configurationOrder = [
  'url',
  'username',
  'password',
  'driverClassName',
  'maxActive',
  'maxWait',
  'testOnBorrow',
  'validationQuery',
  'validationInterval',
];

/** Pool settings that every datasource of the guides has. Where one is there already, its value stays. */
function poolSettings(validationQuery: string): Readonly<Record<string, string>> {
  return { maxActive: '50', maxWait: '60000', testOnBorrow: 'true', validationQuery, validationInterval: '30000' };
}

/** The driver class that the home uses for this product already, as its jar fits it, else the usual one. */
function driverClassNameOf(context: RecipeContext, kindName: DatabaseKindName): string {
  const { driverClassName, otherDriverClassNames = [] }: DatabaseKind = databaseKinds[kindName];
  const used = namedDatasources(context).map((one) => one.driverClassName);
  return used.find((name) => name === driverClassName || otherDriverClassNames.includes(name)) ?? driverClassName;
}

/** Carbon binds a JNDI name with the blanks it is padded with, so that nobody who looks it up finds it. */
function exactJndiName(
  document: SourceDocument,
  existing: Datasource | undefined,
  at: string,
): readonly PatchOperation[] {
  if (existing === undefined) return [];
  const element = childAt(existing.element, 'jndiConfig/name');
  const isPadded = element !== undefined && textOf(document, element) !== existing.jndiName;
  return isPadded ? [{ op: 'setText', at, value: existing.jndiName }] : [];
}

function ensureSetting(at: string, name: string, text: string): PatchOperation {
  const order = configurationOrder.includes(name) ? configurationOrder : [...configurationOrder, name];
  return { op: 'ensureElement', at, element: { name, text }, place: placeInOrder(order, name) };
}

function newDatasource(
  name: string,
  { description, jndiName }: WantedDatasource,
  settings: Readonly<Record<string, string>>,
): NewElement {
  const others = Object.keys(settings).filter((child) => !configurationOrder.includes(child));
  const configuration = [...configurationOrder, ...others].map((child): NewElement => ({
    name: child,
    text: settings[child] ?? '',
  }));
  return {
    name: 'datasource',
    children: [
      { name: 'name', text: name },
      { name: 'description', text: description },
      { name: 'jndiConfig', children: [{ name: 'name', text: jndiName }] },
      {
        name: 'definition',
        attributes: { type: 'RDBMS' },
        children: [{ name: 'configuration', children: configuration }],
      },
    ],
  };
}

interface NamedDatasource {
  readonly name: string;
  readonly jndiName: string;
  readonly driverClassName: string;
}

/** Those of this file first, then those of the other files of the home. */
function namedDatasources(context: RecipeContext): readonly NamedDatasource[] {
  const { document } = context;
  const others = situationOf(context).datasources.filter(({ name }) => name.path !== document.path);
  return [
    ...datasourcesOf(document).map(({ name, jndiName, configuration }) => ({
      name,
      jndiName,
      driverClassName: textAt(document, configuration, 'driverClassName'),
    })),
    ...others.map(({ name, jndiName, settings }) => ({
      name: name.value,
      jndiName: jndiName.value,
      driverClassName: settings.get('driverClassName')?.value ?? '',
    })),
  ];
}

/**
 * A datasource of the wanted name may be there under another JNDI name that other files look up. It stays, and the new one
 * is named after its own JNDI name: of two with one name Carbon registers only the first.
 */
function freeName(
  context: RecipeContext,
  { name, jndiName }: WantedDatasource,
): { readonly name: string; readonly note: readonly string[] } {
  const datasources = namedDatasources(context);
  const holder = datasources.find((one) => one.name === name);
  if (holder === undefined || datasources.some((one) => one.jndiName === jndiName)) return { name, note: [] };
  const base = jndiName.slice(jndiName.lastIndexOf('/') + 1);
  const candidates = [base, ...datasources.map((_, index) => `${base}_${index + 2}`)];
  const free = candidates.find((candidate) => !datasources.some((one) => one.name === candidate)) ?? base;
  const under = holder.jndiName === '' ? 'without a JNDI name' : `with JNDI name ${holder.jndiName}`;
  const note = `A datasource named ${name} is there ${under}; it is left as it is, and the new one is named ${free}.`;
  return { name: free, note: [note] };
}

function aliasedChildren(
  document: SourceDocument,
  existing: Datasource | undefined,
  children: readonly string[],
): readonly string[] {
  const configuration = existing?.configuration;
  return configuration === undefined ? [] : children.filter((child) => isAliased(document, configuration, child));
}

function aliasNote(jndiName: string, child: string): string {
  return `The ${child} of ${jndiName} has a secure-vault alias and is left alone; change it in conf/security/cipher-text.properties with the cipher tool.`;
}
