import { readCarbonXmlFacts } from '../carbon/facts/carbon-xml-facts';
import { readDatasourceFacts } from '../carbon/facts/datasource-facts';
import { readRegistryFacts } from '../carbon/facts/registry-facts';
import { readUserMgtFacts } from '../carbon/facts/user-mgt-facts';
import { datasourcesFolder, isFurtherDatasourcesName } from '../carbon/files/datasources-xml';
import { carbonXml } from '../carbon/files/carbon-xml';
import { masterDatasourcesXml } from '../carbon/files/master-datasources-xml';
import { registryXml } from '../carbon/files/registry-xml';
import { userMgtXml } from '../carbon/files/user-mgt-xml';
import { homeSituation, type HomeSituation } from '../carbon/home-situation';
import type { ClusterTopology } from '../cluster/topology';
import { expectedError, type CarbonPatchError } from '../errors';
import type { SourceDocument } from '../xml/document';
import type { ConfReader } from './conf-reader';

/** Gives the document of a file of the conf folder, by its path there; `undefined` where there is none. */
export type DocumentSource = (file: string) => Promise<SourceDocument | undefined>;

/** A situation, with the files that could not be read for it. */
export interface SituationReading {
  readonly situation: HomeSituation;
  /** The errors by the path of the file in the conf folder. What such a file says is not in the situation. */
  readonly unreadable: ReadonlyMap<string, CarbonPatchError>;
}

/** What the files of a home mean together. Files that are missing say nothing; nothing is thrown for one that is malformed. */
export async function readSituation(
  furtherDatasources: readonly string[],
  topology: ClusterTopology,
  documentOf: DocumentSource,
): Promise<SituationReading> {
  const unreadable = new Map<string, CarbonPatchError>();
  const read = async <Facts>(file: string, facts: (document: SourceDocument) => Facts): Promise<Facts | undefined> => {
    try {
      const document = await documentOf(file);
      return document && facts(document);
    } catch (error) {
      unreadable.set(file, expectedError(error));
      return undefined;
    }
  };
  const datasources = [];
  for (const file of [masterDatasourcesXml.path, ...furtherDatasources])
    datasources.push(...((await read(file, readDatasourceFacts)) ?? []));
  const evidence = {
    carbonXml: await read(carbonXml.path, readCarbonXmlFacts),
    registry: await read(registryXml.path, readRegistryFacts),
    userMgt: await read(userMgtXml.path, readUserMgtFacts),
    datasources,
  };
  return { situation: homeSituation(evidence, topology), unreadable };
}

/** The datasource files that Carbon reads after the master, in the order in which it does; paths in the conf folder. */
export async function furtherDatasourceFiles(reader: ConfReader): Promise<readonly string[]> {
  const names = await reader.list(datasourcesFolder);
  return names.filter(isFurtherDatasourcesName).map((name) => `${datasourcesFolder}/${name}`);
}
