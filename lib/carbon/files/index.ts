import type { CarbonFile, CarbonTextFile } from '../carbon-file';
import { loadBalancerConf } from '../load-balancer-conf-recipe';
import { axis2Xml } from './axis2-xml';
import { carbonXml } from './carbon-xml';
import { catalinaServerXml } from './catalina-server-xml';
import { masterDatasourcesXml } from './master-datasources-xml';
import { registryXml } from './registry-xml';
import { userMgtXml } from './user-mgt-xml';

/** Every XML file the recipes know, in the order in which they are shown. Register a new one by adding it here. */
export const carbonFiles: readonly CarbonFile[] = [
  axis2Xml,
  carbonXml,
  catalinaServerXml,
  masterDatasourcesXml,
  registryXml,
  userMgtXml,
];

/** Every file that is no XML and that the recipes know. Register a new one by adding it here. */
export const carbonTextFiles: readonly CarbonTextFile[] = [loadBalancerConf];
