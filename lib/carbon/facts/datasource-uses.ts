import { attributeOf, childElements, type ElementSource, type SourceDocument } from '../../xml/document';
import { sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/**
 * Files beside registry.xml and user-mgt.xml that look datasources up by their JNDI names; relative to the conf folder.
 * identity.xml moved into a folder of its own with Identity Server 5.1.
 */
export const datasourceUseFiles: readonly string[] = [
  'api-manager.xml',
  'app-manager.xml',
  'identity.xml',
  'identity/identity.xml',
  'broker.xml',
];

/**
 * The JNDI names that one of these files looks up: `DataSourceName`, `DataSource/Name` and `property[@name='dataSource']`,
 * trimmed. What stands inside something that is switched off is left out, as nobody looks it up.
 */
export function readDatasourceUses(document: SourceDocument): readonly Sourced<string>[] {
  const reader = sourceReader(document);
  const uses: Sourced<string>[] = [];
  // Files may be nested more deeply than the call stack.
  const pending: ElementSource[] = [document.root];
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    if (isSwitchedOff(reader, element)) continue;
    if (namesDatasource(document, element)) uses.push(reader.trimmed(element));
    else pending.push(...childElements(element).toReversed());
  }
  return uses.filter(({ value }) => value !== '');
}

function namesDatasource(document: SourceDocument, element: ElementSource): boolean {
  if (element.name === 'DataSourceName') return true;
  if (element.name === 'Name') return element.parent?.name === 'DataSource';
  return element.name === 'property' && attributeOf(document, element, 'name') === 'dataSource';
}

function isSwitchedOff(reader: SourceReader, element: ElementSource): boolean {
  return childElements(element, 'Enabled').some((child) => /^false$/i.test(reader.trimmed(child).value));
}
