import { attributeOf, childElements, textOf, type ElementSource, type SourceDocument } from '../../xml/document';
import { childAt } from '../datasources';
import { isAliased } from '../secret-alias';
import { sourceReader, type SourceReader } from './source-reader';
import type { Sourced } from './sourced';

/** What a user-mgt.xml says. */
export interface UserMgtFacts {
  readonly path: string;
  /** `Property[@name='dataSource']` directly below `Configuration`; as written. */
  readonly dataSource: Sourced<string> | undefined;
  /** `AdminUser/Password`, without its text: whether it is there in clear text, and not aliased. */
  readonly clearTextAdminPassword: Sourced<boolean> | undefined;
  /** Whether the admin's password is the one that products ship with, or the name of the admin. */
  readonly hasDefaultAdminPassword: boolean;
  /** Live user stores. */
  readonly userStores: readonly Sourced<UserStoreFacts>[];
}

/** One `UserStoreManager`. */
export interface UserStoreFacts {
  readonly className: string;
  /** True where it asks the LDAP server that is embedded in the node. */
  readonly isEmbedded: boolean;
}

/** The facts of a user-mgt.xml. Of two properties of one name Carbon takes the last. */
export function readUserMgtFacts(document: SourceDocument): UserMgtFacts {
  const reader = sourceReader(document);
  const realms = childElements(document.root, 'Realm');
  const configurations = realms.flatMap((realm) => childElements(realm, 'Configuration'));
  const dataSource = configurations
    .flatMap((one) => childElements(one, 'Property'))
    .findLast((one) => attributeOf(document, one, 'name') === 'dataSource');
  const [admin] = configurations.flatMap((one) => childElements(one, 'AdminUser'));
  return {
    path: document.path,
    dataSource: dataSource && reader.text(dataSource),
    clearTextAdminPassword: admin && clearTextPassword(reader, admin),
    hasDefaultAdminPassword: admin !== undefined && isDefaultPassword(document, admin),
    userStores: realms
      .flatMap((realm) => childElements(realm, 'UserStoreManager'))
      .map((store) =>
        reader.at(store, {
          className: attributeOf(document, store, 'class') ?? '',
          isEmbedded: childElements(store).some((property) => textOf(document, property).includes('EmbeddedLDAP')),
        }),
      ),
  };
}

function clearTextPassword(reader: SourceReader, admin: ElementSource): Sourced<boolean> | undefined {
  const password = childAt(admin, 'Password');
  if (password === undefined) return undefined;
  const text = textOf(reader.document, password).trim();
  const isPlaceholder = /^\$(?:secret)?\{[^{}]*\}$/.test(text);
  return reader.at(password, text !== '' && !isPlaceholder && !isAliased(reader.document, admin, 'Password'));
}

function isDefaultPassword(document: SourceDocument, admin: ElementSource): boolean {
  const [name, password] = ['UserName', 'Password'].map((child) => {
    const element = childAt(admin, child);
    return element && textOf(document, element).trim();
  });
  return password !== undefined && password !== '' && (password === 'admin' || password === name);
}
