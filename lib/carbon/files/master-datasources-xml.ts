import { datasourcesXml } from './datasources-xml';

/** `master-datasources.xml`: where the local registry, the shared registry and the users are kept. */
export const masterDatasourcesXml = datasourcesXml('master-datasources.xml');
