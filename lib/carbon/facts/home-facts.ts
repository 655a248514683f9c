import type { LoadBalancerConf } from '../../elb/load-balancer-conf';
import type { CarbonHome } from '../carbon-home';
import type { Axis2Facts } from './axis2-facts';
import type { CarbonXmlFacts } from './carbon-xml-facts';
import type { CatalinaFacts } from './catalina-facts';
import type { DatasourceFacts } from './datasource-facts';
import type { RegistryFacts } from './registry-facts';
import type { Sourced } from './sourced';
import type { UserMgtFacts } from './user-mgt-facts';

/** What the files of one home say. A file that is missing or cannot be read gives `undefined`; `unreadable` tells the latter. */
export interface HomeFacts {
  readonly home: CarbonHome;
  readonly axis2: Axis2Facts | undefined;
  readonly carbonXml: CarbonXmlFacts | undefined;
  readonly catalina: CatalinaFacts | undefined;
  readonly registry: RegistryFacts | undefined;
  readonly userMgt: UserMgtFacts | undefined;
  /** Of every `*-datasources.xml`, the master first, then by name, as Carbon reads them. */
  readonly datasources: readonly DatasourceFacts[];
  /** Paths of the datasource files that were read, relative to the home. */
  readonly datasourceFiles: readonly string[];
  /** Names in `conf/datasources` that Carbon never reads although they look like it, such as `master-datasource.xml`. */
  readonly strayDatasourceFiles: readonly string[];
  /** JNDI names that other files look up (api-manager.xml, identity.xml, …). */
  readonly otherDatasourceUses: readonly Sourced<string>[];
  /** Ports that other files declare, by the name of the setting as people know it. */
  readonly otherPorts: readonly OtherPort[];
  readonly loadBalancerConf: LoadBalancerConf | undefined;
  /** Files that are there but not well-formed or in no known encoding. */
  readonly unreadable: readonly UnreadableFile[];
  /** Folders that hold jars, relative to the home, with the names of the jars in them; folders that are missing are left out. */
  readonly jars: ReadonlyMap<string, readonly string[]>;
  /** What the jars that drivers are loaded from hold of what the datasources need; only those that had to be looked into. */
  readonly driverJars: readonly DriverJarFacts[];
  /** Hazelcast configurations of the home's own, relative to the home. */
  readonly hazelcastFiles: readonly string[];
  /** Traces of an earlier start: the log and databases that were written, relative to the home. */
  readonly startTraces: readonly StartTrace[];
  /** When registry.xml was last changed, in ms since 1970, or `undefined` where it is missing. */
  readonly registryModified: number | undefined;
  /** The SQL scripts that make the tables, relative to `dbscripts`, such as `apimgt/mysql.sql`; empty where there are none. */
  readonly databaseScripts: readonly string[];
  /** Texts of the start scripts in bin (wso2server.sh, wso2server.bat, integrator.sh …), by path relative to the home. */
  readonly startScripts: ReadonlyMap<string, string>;
}

/** A port that a file other than axis2.xml, carbon.xml and catalina-server.xml declares, or that carbon.xml declares outside `Ports`. */
export interface OtherPort {
  /** What listens there, which decides what is listened on where no file says it. */
  readonly feature: OtherPortFeature;
  /** Such as `thrift events`. */
  readonly setting: string;
  /** As written, trimmed; may name a port of carbon.xml, such as `${Ports.JMX.RMIRegistryPort}`. */
  readonly port: Sourced<string>;
  readonly isMovedByOffset: boolean;
  /** False where the file declares the port of something that it switches off. */
  readonly isEnabled: boolean;
  readonly protocol: 'tcp' | 'udp';
  /** The address it is bound to, or `undefined` where it is every one of the machine. */
  readonly address: string | undefined;
}

/** A part of a server that has ports in a file of its own. */
export type OtherPortFeature =
  'jmx' | 'embeddedLdap' | 'entitlement' | 'broker' | 'eventReceivers' | 'eventProcessor' | 'keyValidation' | 'h2';

/** One jar of the folder that drivers are loaded from. */
export interface DriverJarFacts {
  readonly name: string;
  /** Why nothing is known of what is in it, to be read after its name: `is no jar`. */
  readonly problem: string | undefined;
  /** The driver classes of the datasources that are in it. */
  readonly classes: readonly string[];
}

/** A file that could not be read, and why. */
export interface UnreadableFile {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** Goes on from the name of the file: `is not well-formed: …`. */
  readonly problem: string;
}

/** A file that only a start of the server makes or changes. */
export interface StartTrace {
  /** Relative to the home. */
  readonly path: string;
  /** When it was last changed, in ms since 1970. */
  readonly modified: number;
}
