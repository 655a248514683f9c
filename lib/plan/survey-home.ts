import { posix } from 'node:path';
import type { CarbonHome } from '../carbon/carbon-home';
import { readAxis2Facts } from '../carbon/facts/axis2-facts';
import { readCarbonXmlFacts } from '../carbon/facts/carbon-xml-facts';
import { readCatalinaFacts } from '../carbon/facts/catalina-facts';
import { readDatasourceFacts, type DatasourceFacts } from '../carbon/facts/datasource-facts';
import { datasourceUseFiles, readDatasourceUses } from '../carbon/facts/datasource-uses';
import type { HomeFacts, OtherPort, StartTrace } from '../carbon/facts/home-facts';
import { otherPortReaders } from '../carbon/facts/other-ports';
import { readRegistryFacts } from '../carbon/facts/registry-facts';
import type { Sourced } from '../carbon/facts/sourced';
import { ownScriptFolders } from '../carbon/products';
import { startsServer } from '../carbon/facts/start-scripts';
import { readUserMgtFacts } from '../carbon/facts/user-mgt-facts';
import { parseLoadBalancerConf } from '../elb/parse-load-balancer-conf';
import { detachTexts } from './detach-texts';
import { homeReader, type HomeReader } from './home-reader';
import { surveyDriverJars, surveyJars } from './survey-jars';

/**
 * What the files of a home say; reads, never writes. A file that is missing gives nothing; one that cannot be read, decoded
 * or parsed is told in `unreadable`, and nothing is thrown for it.
 */
export async function surveyHome(home: CarbonHome): Promise<HomeFacts> {
  const reader = homeReader(home);
  const ownFiles = {
    home,
    axis2: await reader.parse('axis2/axis2.xml', readAxis2Facts),
    carbonXml: await reader.parse('carbon.xml', readCarbonXmlFacts),
    catalina: await reader.parse('tomcat/catalina-server.xml', readCatalinaFacts),
    registry: await reader.parse('registry.xml', readRegistryFacts),
    userMgt: await reader.parse('user-mgt.xml', readUserMgtFacts),
  };
  const datasources = await surveyDatasources(reader);
  const otherFiles = {
    otherDatasourceUses: await surveyDatasourceUses(reader),
    otherPorts: await surveyOtherPorts(reader),
  };
  const jars = await surveyJars(reader);
  const facts: Omit<HomeFacts, 'unreadable' | 'loadBalancerConf'> = {
    ...ownFiles,
    ...datasources,
    ...otherFiles,
    jars,
    driverJars: await surveyDriverJars(reader, home, jars, datasources.datasources),
    hazelcastFiles: await surveyHazelcastFiles(reader),
    startTraces: await surveyStartTraces(reader),
    registryModified: await reader.modified(posix.join(home.confFolder, 'registry.xml')),
    databaseScripts: await surveyDatabaseScripts(reader),
    startScripts: await surveyStartScripts(reader),
  };
  const loadBalancerConf = await surveyLoadBalancerConf(reader);
  return { ...detachTexts({ ...facts, unreadable: reader.unreadable() }), loadBalancerConf };
}

async function surveyLoadBalancerConf(reader: HomeReader): Promise<HomeFacts['loadBalancerConf']> {
  const path = posix.join(reader.confFolder, 'loadbalancer.conf');
  const content = await reader.text(path);
  return content === undefined ? undefined : parseLoadBalancerConf(content, path);
}

/** Carbon reads the master first, then whatever else ends alike. */
async function surveyDatasources(
  reader: HomeReader,
): Promise<Pick<HomeFacts, 'datasources' | 'datasourceFiles' | 'strayDatasourceFiles'>> {
  const master = 'master-datasources.xml';
  const names = await reader.list(posix.join(reader.confFolder, 'datasources'));
  const read = names.filter((name) => name.endsWith('-datasources.xml') && name !== master);
  const files = [...names.filter((name) => name === master), ...read];
  const datasources: DatasourceFacts[] = [];
  const datasourceFiles: string[] = [];
  for (const name of files) {
    const found = await reader.parse(posix.join('datasources', name), readDatasourceFacts);
    if (found === undefined) continue;
    datasources.push(...found);
    datasourceFiles.push(posix.join(reader.confFolder, 'datasources', name));
  }
  const strayDatasourceFiles = names.filter((name) => /data-?source.*\.xml$/i.test(name) && !files.includes(name));
  return { datasources, datasourceFiles, strayDatasourceFiles };
}

async function surveyDatasourceUses(reader: HomeReader): Promise<readonly Sourced<string>[]> {
  const uses: Sourced<string>[] = [];
  for (const file of datasourceUseFiles) uses.push(...((await reader.parse(file, readDatasourceUses)) ?? []));
  return uses;
}

async function surveyOtherPorts(reader: HomeReader): Promise<readonly OtherPort[]> {
  const ports: OtherPort[] = [];
  for (const [file, read] of otherPortReaders) ports.push(...((await reader.parse(file, read)) ?? []));
  return ports;
}

async function surveyHazelcastFiles(reader: HomeReader): Promise<readonly string[]> {
  const candidates = ['hazelcast.xml', 'etc/hazelcast.xml'];
  const found: string[] = [];
  for (const file of candidates) {
    const names = await reader.list(posix.join(reader.confFolder, posix.dirname(file)));
    if (names.includes(posix.basename(file))) found.push(posix.join(reader.confFolder, file));
  }
  return found;
}

async function surveyStartTraces(reader: HomeReader): Promise<readonly StartTrace[]> {
  const databases = (await reader.list('repository/database')).filter((name) => /\.(?:h2|mv)\.db$/.test(name));
  const paths = ['repository/logs/wso2carbon.log', ...databases.map((name) => `repository/database/${name}`)];
  const traces: StartTrace[] = [];
  for (const path of paths) {
    const time = await reader.modified(path);
    if (time !== undefined) traces.push({ path, modified: time });
  }
  return traces;
}

/** Of the folders below only those that a product has for tables of its own. */
async function surveyDatabaseScripts(reader: HomeReader): Promise<readonly string[]> {
  const scripts = [...(await reader.list('dbscripts'))];
  for (const folder of ownScriptFolders.filter((name) => scripts.includes(name)))
    scripts.push(...(await reader.list(`dbscripts/${folder}`)).map((name) => `${folder}/${name}`));
  return scripts.filter((name) => name.endsWith('.sql'));
}

async function surveyStartScripts(reader: HomeReader): Promise<ReadonlyMap<string, string>> {
  const scripts = new Map<string, string>();
  for (const name of await reader.list('bin')) {
    if (!/\.(?:sh|bat)$/i.test(name)) continue;
    const text = await reader.text(`bin/${name}`);
    if (text !== undefined && startsServer(name, text)) scripts.set(`bin/${name}`, text);
  }
  return scripts;
}
