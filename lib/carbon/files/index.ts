import type { CarbonFile } from '../carbon-file';
import { axis2Xml } from './axis2-xml';
import { carbonXml } from './carbon-xml';
import { masterDatasourcesXml } from './master-datasources-xml';
import { registryXml } from './registry-xml';
import { userMgtXml } from './user-mgt-xml';

/** Every file the recipes know, in the order in which they are shown. Register a new one by adding it here. */
export const carbonFiles: readonly CarbonFile[] = [axis2Xml, carbonXml, masterDatasourcesXml, registryXml, userMgtXml];
