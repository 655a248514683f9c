import type { DatasourceFacts } from '../../carbon/facts/datasource-facts';
import type { Sourced } from '../../carbon/facts/sourced';
import { isEmbeddedUrl } from '../../database/database-kind';
import type { CheckedNode } from '../checked-cluster';
import { groupBy } from '../group-by';
import { listWords, nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Finding, Rule, Severity } from '../rule';
import { settingOf } from '../../carbon/facts/datasource-facts';
import { repositoryNames } from '../../carbon/synchronizer-names';

/** No password is one that everybody knows; which ones stand in clear text, and which in the secure vault. */
export const noDefaultPasswords: Rule = {
  title: 'No database and no administrator has a password that products ship with, or that is the name of the user.',
  why: 'Whoever reaches the database or the console gets in with it, and the nodes of a cluster share both.',
  severities: ['warning', 'info'],
  evaluate: ({ nodes }) => {
    const told = nodes.flatMap((node) => [
      ...statement(
        node,
        'warning',
        defaultPasswords(node),
        defaultText,
        'set other passwords, first in the database and then in the files',
      ),
      ...statement(
        node,
        'info',
        clearPasswords(node),
        clearText,
        'run the cipher tool over the files once they are as they should be',
      ),
      ...statement(
        node,
        'info',
        vaultPasswords(node),
        vaultText,
        'change them in conf/security/cipher-text.properties; apply leaves them alone',
      ),
    ]);
    return [...groupBy(told, ({ severity, what }) => `${severity} ${what}`).values()].map(findingOf);
  },
};

/** A password by the setting that holds it; never its value. */
interface Password {
  readonly setting: string;
  readonly place: Sourced<unknown>;
}

interface Statement {
  readonly node: CheckedNode;
  readonly severity: Severity;
  readonly place: Sourced<unknown>;
  readonly what: string;
  readonly fix: string;
}

const defaultText = 'passwords are those that products ship with, or the names of their users';
const clearText = 'passwords stand in clear text';
const vaultText = 'passwords come from the secure vault';

function statement(
  node: CheckedNode,
  severity: Severity,
  passwords: readonly Password[],
  text: string,
  fix: string,
): readonly Statement[] {
  const [first] = passwords;
  if (first === undefined) return [];
  const files = [...groupBy(passwords, ({ place }) => place.path).entries()].map(([path, group]) => {
    const settings = [...new Set(group.map(({ setting }) => setting))];
    return `${path.slice(path.lastIndexOf('/') + 1)} (${listWords(settings, 'more')})`;
  });
  return [{ node, severity, place: first.place, what: `${text}: ${listWords(files, 'more')}`, fix }];
}

/** An embedded database listens nowhere, so that its shipped password harms nobody. */
function defaultPasswords(node: CheckedNode): readonly Password[] {
  const { datasources, userMgt, home } = node.facts;
  const ofDatabases = datasources.filter(
    (datasource) =>
      !isEmbeddedUrl(settingOf(datasource, 'url')?.value ?? '') &&
      isDefault(settingOf(datasource, 'password')?.value, settingOf(datasource, 'username')?.value),
  );
  const admin = userMgt?.clearTextAdminPassword;
  // What the file says counts at the first start only; after that the password is in the database.
  const isAdminDefault = userMgt?.hasDefaultAdminPassword === true && admin?.value === true && !home.hasBeenStarted;
  return [...ofDatabases.map(passwordOf), ...(isAdminDefault ? [{ setting: 'AdminUser', place: admin }] : [])];
}

function isDefault(password: string | undefined, username: string | undefined): boolean {
  if (password === undefined || password === '') return false;
  return ['admin', 'wso2carbon', username].includes(password);
}

function clearPasswords(node: CheckedNode): readonly Password[] {
  const { datasources, userMgt, carbonXml } = node.facts;
  const admin = userMgt?.clearTextAdminPassword;
  const ofDatabases = datasources.filter((datasource) => isClear(settingOf(datasource, 'password')?.value));
  const ofSynchronizers = (carbonXml?.deploymentSynchronizers ?? []).flatMap(({ value }) => {
    const { password: setting } = repositoryNames(value.get('RepositoryType')?.value ?? '');
    const password = value.get(setting);
    const isUsed = value.get('Enabled')?.value === 'true' && isClear(password?.value);
    return password && isUsed ? [{ setting, place: password }] : [];
  });
  return [
    ...ofDatabases.map(passwordOf),
    ...(admin?.value === true ? [{ setting: 'AdminUser', place: admin }] : []),
    ...ofSynchronizers,
  ];
}

/** A placeholder such as `$secret{…}` is filled in at start. */
function isClear(password: string | undefined): boolean {
  return password !== undefined && password !== '' && !/^\$\w*\{[^{}]*\}$/.test(password);
}

function vaultPasswords({ facts }: CheckedNode): readonly Password[] {
  return facts.datasources.filter(({ aliased }) => aliased.includes('password')).map(passwordOf);
}

function passwordOf({ jndiName, name, settings }: DatasourceFacts): Password {
  const setting = jndiName.value === '' ? name.value : jndiName.value;
  return { setting, place: settings.get('password') ?? name };
}

function findingOf(group: readonly [Statement, ...Statement[]]): Finding {
  const [{ severity, place, what, fix }] = group;
  const nodes = group.map(({ node }) => node);
  return { severity, nodes, place: placeOf(place), what: `on ${nameNodes(nodes)} ${what}`, fix };
}
