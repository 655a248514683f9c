import { childElements, textOf, type ElementSource, type SourceDocument } from '../xml/document';

/** One live datasource of a master-datasources.xml. */
export interface Datasource {
  /** Trimmed; an empty string where there is none. */
  readonly name: string;
  /** Trimmed; an empty string where there is none. */
  readonly jndiName: string;
  /** What holds url, username and the pool settings, or `undefined` where there is none. */
  readonly configuration: ElementSource | undefined;
  readonly element: ElementSource;
}

/** The live datasources, in document order. */
export function datasourcesOf(document: SourceDocument): readonly Datasource[] {
  return childElements(document.root, 'datasources')
    .flatMap((parent) => childElements(parent, 'datasource'))
    .map((element) => ({
      name: textAt(document, element, 'name'),
      jndiName: textAt(document, element, 'jndiConfig/name'),
      configuration: childAt(element, 'definition/configuration'),
      element,
    }));
}

/** The first descendant at a path of names, or `undefined` where there is none. */
export function childAt(element: ElementSource, path: string): ElementSource | undefined {
  return path
    .split('/')
    .reduce<ElementSource | undefined>((current, name) => current && childElements(current, name)[0], element);
}

/** The trimmed text at a path of names, or an empty string where there is nothing. */
export function textAt(document: SourceDocument, element: ElementSource | undefined, path: string): string {
  const child = element && childAt(element, path);
  return child === undefined ? '' : textOf(document, child).trim();
}
