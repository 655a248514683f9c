import {
  attributeOf,
  cdataContent,
  childElements,
  sourceOf,
  textOf,
  type ElementSource,
  type SourceDocument,
} from '../../xml/document';
import { childAt, datasourcesOf, type Datasource } from '../datasources';
import { isAliased } from '../secret-alias';
import { byName, leafElements, sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** One live datasource of a `*-datasources.xml`. The place of texts is the element; of what is missing, the datasource. */
export interface DatasourceFacts {
  readonly name: Sourced<string>;
  /** Trimmed; an empty string where there is none. */
  readonly jndiName: Sourced<string>;
  /** Whether blanks or line ends stand around the JNDI name; Carbon binds it with them. */
  readonly hasPaddedJndiName: boolean;
  /** `definition/@type`, or an empty string. */
  readonly type: string;
  /** Trimmed texts of `definition/configuration`, by name; of two of one name the last counts. */
  readonly settings: ReadonlyMap<string, Sourced<string>>;
  /** The names of the settings that have a secure-vault alias or are marked as encrypted. */
  readonly aliased: readonly string[];
  /** The text of `url` as it stands in the file, neither trimmed nor with its references resolved, or `undefined`. */
  readonly rawUrl: string | undefined;
}

/** The value of a setting, unless the secure vault replaces it. */
export function settingOf({ settings, aliased }: DatasourceFacts, name: string): Sourced<string> | undefined {
  return aliased.includes(name) ? undefined : settings.get(name);
}

/** The live datasources of a `*-datasources.xml`, in document order. */
export function readDatasourceFacts(document: SourceDocument): readonly DatasourceFacts[] {
  const reader = sourceReader(document);
  return datasourcesOf(document).map((datasource) => datasourceFacts(reader, datasource));
}

function datasourceFacts(reader: SourceReader, { element, configuration }: Datasource): DatasourceFacts {
  const { document } = reader;
  const definition = childAt(element, 'definition');
  const settings = configuration === undefined ? [] : leafElements(configuration);
  const url = settings.findLast(({ name }) => name === 'url');
  return {
    name: textAt(reader, element, 'name'),
    jndiName: textAt(reader, element, 'jndiConfig/name'),
    hasPaddedJndiName: isPadded(document, childAt(element, 'jndiConfig/name')),
    type: definition === undefined ? '' : (attributeOf(document, definition, 'type') ?? ''),
    settings: byName(settings, 'last', (one) => reader.trimmed(one)),
    aliased:
      configuration === undefined
        ? []
        : [...new Set(childElements(configuration).map(({ name }) => name))].filter((name) =>
            isAliased(document, configuration, name),
          ),
    rawUrl: url && rawText(document, url),
  };
}

function textAt(reader: SourceReader, element: ElementSource, path: string): Sourced<string> {
  const child = childAt(element, path);
  return child === undefined ? reader.at(element, '') : reader.trimmed(child);
}

function isPadded(document: SourceDocument, element: ElementSource | undefined): boolean {
  return element !== undefined && textOf(document, element).trim() !== textOf(document, element);
}

function rawText(document: SourceDocument, element: ElementSource): string {
  return element.children
    .map((child) => {
      if (child.kind === 'text') return sourceOf(document, child.whole);
      return child.kind === 'cdata' ? sourceOf(document, cdataContent(child)) : '';
    })
    .join('');
}
