import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleCluster } from '../../lib/cluster/example-cluster';
import type { ClusterNode, ClusterTopology } from '../../lib/cluster/topology';
import { applyPlan } from '../../lib/plan/apply-plan';
import { makePlan } from '../../lib/plan/make-plan';
import { openHome } from '../../lib/plan/open-home';
import { makeFolder } from '../disk/temporary-home';
import { fixtureHomes } from '../plan/fixture-home';

/** A healthy cluster of the worked example, by its era. */
export type BaseName = 'hazelcast' | 'tribes';

/** A cluster whose homes lie in one folder, each in one of its node's name. */
export interface BaseCluster {
  readonly folder: string;
  readonly topology: ClusterTopology;
}

/** The names of the bases. */
export const baseNames: readonly BaseName[] = ['hazelcast', 'tribes'];

/** A base, made once for each test file by applying the worked example to fixture homes. Nothing may write to it. */
export function baseCluster(name: BaseName): Promise<BaseCluster> {
  const known = bases.get(name) ?? makeBase(name);
  bases.set(name, known);
  return known;
}

const bases = new Map<BaseName, Promise<BaseCluster>>();

const products: Readonly<Record<BaseName, { readonly loadBalancer: string; readonly others: string }>> = {
  hazelcast: { loadBalancer: 'elb-2.1.0', others: 'esb-5.0.0' },
  tribes: { loadBalancer: 'elb-2.0.4', others: 'esb-4.7.0' },
};

async function makeBase(name: BaseName): Promise<BaseCluster> {
  const folder = makeFolder();
  const topology = baseTopology();
  for (const node of topology.nodes) {
    const home = join(folder, node.name);
    const { loadBalancer, others } = products[name];
    cpSync(join(fixtureHomes, node.role === 'elb' ? loadBalancer : others), home, { recursive: true });
    changeAdminPassword(join(home, 'repository/conf/user-mgt.xml'));
    if (node.role === 'elb') writeFileSync(join(home, 'repository/conf/loadbalancer.conf'), loadBalancerConfs[name]);
    await applyTo(home, topology, node);
    mkdirSync(join(home, 'repository/deployment'), { recursive: true });
  }
  return { folder, topology };
}

async function applyTo(path: string, topology: ClusterTopology, node: ClusterNode): Promise<void> {
  const home = await openHome(path);
  await applyPlan(home, await makePlan(home, topology, node.name), { tool: 'test', role: node.role });
  rmSync(join(path, '.carbon-patch'), { recursive: true });
}

/** The worked example without names for members, and with an address for every other name and passwords that nobody guesses. */
function baseTopology(): ClusterTopology {
  const [first, ...others] = exampleCluster.nodes.map((node): ClusterNode => ({
    ...node,
    memberHost: undefined,
    home: node.name,
  }));
  if (first === undefined) throw new Error('the example has no nodes');
  return {
    ...exampleCluster,
    hosts: {
      'carbondb.mysql-wso2.com': '192.0.2.50',
      'esb.cloud-test.wso2.com': '192.0.2.206',
      'mgt.esb.wso2.com': '192.0.2.206',
    },
    database: { ...exampleCluster.database, password: 'Zp4-regadmin' },
    nodes: [first, ...others],
  };
}

/** A cluster whose administrator is still called by the shipped password is not healthy. */
function changeAdminPassword(path: string): void {
  const text = readFileSync(path, 'latin1');
  writeFileSync(path, text.replace('<Password>admin</Password>', '<Password>Zp4-admin</Password>'), 'latin1');
}

const loadBalancerConfs: Readonly<Record<BaseName, string>> = {
  hazelcast: `loadbalancer {
    instances 1;
    enable_autoscaler false;
    fail_over true;
}
services {
    esb {
        domains {
            wso2.esb.domain {
                tenant_range *;
                group_mgt_port 5000;
                mgt {
                    hosts mgt.esb.wso2.com;
                }
                worker {
                    hosts esb.cloud-test.wso2.com;
                }
            }
        }
    }
}
`,
  tribes: `loadbalancer {
    instances 1;
    enable_autoscaler false;
    fail_over true;
}
services {
    esb {
        domains {
            wso2.esb.domain {
                hosts mgt.esb.wso2.com;
                sub_domain mgt;
                tenant_range *;
            }
            wso2.esb.domain {
                hosts esb.cloud-test.wso2.com;
                sub_domain worker;
                tenant_range *;
            }
        }
    }
}
`,
};
