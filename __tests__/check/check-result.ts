import type { CarbonHome } from '../../lib/carbon/carbon-home';
import type { HomeFacts } from '../../lib/carbon/facts/home-facts';
import type { CheckResult, RuleFinding } from '../../lib/check/check-cluster';
import type { CheckedNode } from '../../lib/check/checked-cluster';

/** A checked node whose home has no files at all. */
export function emptyNode(name: string, path = `/srv/${name}`): CheckedNode {
  return { name, facts: emptyFacts(path), role: 'worker', machine: undefined, node: undefined, ports: [] };
}

/** The facts of a home without files. */
export function emptyFacts(path: string): HomeFacts {
  const home: CarbonHome = {
    path,
    confFolder: 'repository/conf',
    profile: undefined,
    productName: undefined,
    productVersion: undefined,
    carbonVersion: undefined,
    clusteringClass: undefined,
    isLoadBalancer: false,
    hasBeenStarted: false,
  };
  return {
    home,
    axis2: undefined,
    carbonXml: undefined,
    catalina: undefined,
    registry: undefined,
    userMgt: undefined,
    datasources: [],
    datasourceFiles: [],
    strayDatasourceFiles: [],
    otherDatasourceUses: [],
    otherPorts: [],
    loadBalancerConf: undefined,
    unreadable: [],
    jars: new Map(),
    driverJars: [],
    hazelcastFiles: [],
    startTraces: [],
    registryModified: undefined,
    databaseScripts: [],
    startScripts: new Map(),
  };
}

/** A finding with texts of its own, of a rule that is registered. */
export function sampleFinding(finding: Partial<RuleFinding> & Pick<RuleFinding, 'nodes'>): RuleFinding {
  return { rule: 'R05', severity: 'error', place: undefined, what: 'it is off', fix: 'turn it on', ...finding };
}

/** What a check found, without a cluster file. */
export function sampleResult(
  nodes: readonly CheckedNode[],
  findings: readonly RuleFinding[],
  silenced: CheckResult['silenced'] = [],
): CheckResult {
  return { cluster: { topology: undefined, nodes, unopened: [] }, findings, silenced };
}
