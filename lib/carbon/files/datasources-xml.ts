import { isEmbeddedUrl } from '../../database/database-kind';
import { situationOf, type CarbonFile, type RecipeContext } from '../carbon-file';
import { datasourcesOf, textAt } from '../datasources';
import { readDatasourceFacts, type DatasourceFacts } from '../facts/datasource-facts';
import { isAliased } from '../secret-alias';
import { datasourceRecipe, datasourcesPath } from './datasource-recipe';
import { wantedDatasources, type WantedDatasource } from './wanted-datasources';

/** The folder of the datasource files, relative to the conf folder. */
export const datasourcesFolder = 'datasources';

/** The datasource file that Carbon reads first. */
const masterName = 'master-datasources.xml';

/** True for the name of a file that Carbon reads after the master, if it lies in the folder of the datasource files. */
export function isFurtherDatasourcesName(name: string): boolean {
  return name.endsWith('-datasources.xml') && name !== masterName;
}

/**
 * A datasource file by its name. What a cluster wants is set in the file that has it already; what no file has is created
 * in the master, which is the only one that a role needs.
 */
export function datasourcesXml(name: string): CarbonFile {
  const isMaster = name === masterName;
  return {
    name,
    path: `${datasourcesFolder}/${name}`,
    summary:
      'The datasources of the local registry, the shared registry and the users, and those that the nodes of a product have to share; with the single layout only that of the local registry. One that is in another `*-datasources.xml` is set there. A value with a secure-vault alias is left alone.',
    needsSituation: true,
    need: (role) => (role.isLoadBalancer ? 'untouched' : isMaster ? 'required' : 'optional'),
    recipe: (context) => {
      const all = wantedDatasources(context, datasourcesIn(context));
      const wanted = all.filter((one) => isSetHere(context, one, isMaster));
      const recipes = wanted.map((one) => datasourceRecipe(context, one));
      return {
        operations: recipes.flatMap(({ operations }) => operations),
        notes: [
          ...(isMaster ? homeNotes(context, all) : []),
          ...recipes.flatMap(({ notes }) => notes),
          ...clearTextNotes(context, wanted),
          ...(isMaster ? embeddedNotes(context, all) : []),
        ],
      };
    },
    settings: [
      {
        name: 'datasource',
        at: `${datasourcesPath}/datasource`,
        read: (document, element) =>
          ['name', 'jndiConfig/name', 'definition/configuration/url', 'definition/configuration/username']
            .map((path) => textAt(document, element, path))
            .join(' '),
      },
    ],
  };
}

/** Those of the whole home, or of this file where nobody looked at the others. */
function datasourcesIn({ situation, document }: RecipeContext): readonly DatasourceFacts[] {
  return situation?.datasources ?? readDatasourceFacts(document);
}

function isSetHere(context: RecipeContext, { jndiName }: WantedDatasource, isMaster: boolean): boolean {
  const existing = datasourcesIn(context).find((one) => one.jndiName.value === jndiName);
  return existing === undefined ? isMaster : existing.jndiName.path === context.document.path;
}

function homeNotes(context: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  return [...layoutNotes(context), ...situationOf(context).names.notes, ...repeatedNotes(context, wanted)];
}

function layoutNotes({ topology }: RecipeContext): readonly string[] {
  if (topology.database.layout === 'shared') return [];
  return [
    'With the single database layout all nodes share one local registry, which is known to go wrong ("Total number of available connections are less than the total number of closed connections"); the shared layout avoids it.',
  ];
}

/** Carbon binds a JNDI name once; which of two datasources gets it depends on the order of the files. */
function repeatedNotes(context: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  return wanted.flatMap(({ jndiName }) => {
    const found = datasourcesIn(context).filter((one) => one.jndiName.value === jndiName);
    const [first, ...others] = [...new Set(found.map((one) => one.jndiName.path))];
    if (first === undefined || others.length === 0) return [];
    return [`${jndiName} is set in ${first}, but ${others.join(' and ')} has it too: remove all but one.`];
  });
}

/** Whoever keeps some passwords in the secure vault wants them all there. */
function clearTextNotes({ document }: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  const aliased = datasourcesOf(document)
    .filter(({ configuration }) => configuration !== undefined && isAliased(document, configuration, 'password'))
    .map(({ jndiName }) => jndiName);
  const clear = wanted.map(({ jndiName }) => jndiName).filter((jndiName) => !aliased.includes(jndiName));
  if (aliased.length === 0 || clear.length === 0) return [];
  return [
    `Other passwords of this file are in the secure vault, but those of ${clear.join(', ')} are written in clear text; run the cipher tool over them.`,
  ];
}

/** What the product keeps besides registry and users is its own affair, but a cluster can fail on it. */
function embeddedNotes(context: RecipeContext, wanted: readonly WantedDatasource[]): readonly string[] {
  const known = [situationOf(context).names.local, ...wanted].map(({ jndiName }) => jndiName);
  const embedded = datasourcesIn(context)
    .filter(
      ({ jndiName, settings }) => !known.includes(jndiName.value) && isEmbeddedUrl(settings.get('url')?.value ?? ''),
    )
    .map(({ name, jndiName }) => (jndiName.value === '' ? name.value : `${name.value} (${jndiName.value})`));
  if (embedded.length === 0) return [];
  return [
    `Left as embedded databases, which each node has for itself: ${embedded.join(', ')}; where the nodes have to share their data, point them at a database server.`,
  ];
}
