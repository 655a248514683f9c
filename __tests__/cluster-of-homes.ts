import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The homes that a cluster is made of, and where it goes. */
export interface ClusterOfHomes {
  /** A home of a load balancer, copied once. */
  readonly elb: string;
  /** A home of an ESB, copied for the manager and each worker. */
  readonly esb: string;
  /** How many homes there are in all: one load balancer, one manager, and workers. */
  readonly nodes: number;
  /** An empty folder, which gets the copies and `cluster.yaml`. */
  readonly folder: string;
}

/** Makes a cluster of copied homes, four on each machine, and gives the path of its cluster file. Its password is `$DB`. */
export function makeClusterOfHomes({ elb, esb, nodes: count, folder }: ClusterOfHomes): string {
  const copy = (home: string, name: string): void => cpSync(home, join(folder, name), { recursive: true });
  const names = ['elb', 'manager', ...Array.from({ length: count - 2 }, (_, index) => `worker${index + 1}`)];
  copy(elb, 'elb');
  for (const name of names.slice(1)) copy(esb, name);
  const machine = (index: number): number => Math.floor(index / 4);
  const nodes = names.map((name, index) => {
    const role = name.replace(/\d+$/, '');
    return `  - { name: ${name}, role: ${role}, host: m${machine(index)}.example.org, home: ${name} }\n`;
  });
  const machines = Array.from({ length: machine(names.length - 1) + 1 }, (_, index) => index);
  const address = (number: number): string => `10.0.${Math.floor(number / 250)}.${(number % 250) + 1}`;
  const file = join(folder, 'cluster.yaml');
  writeFileSync(
    file,
    [
      'domain: wso2.esb.domain\nhostName: esb.example.org\nhosts:\n',
      ...machines.map((number) => `  m${number}.example.org: ${address(number)}\n`),
      '  db.example.org: 10.1.1.1\n  esb.example.org: 10.0.0.1\n  mgt.esb.example.org: 10.0.0.1\n',
      'database: { host: db.example.org, username: carbon, password: { env: DB } }\nnodes:\n',
      ...nodes,
      'silence: [{ rule: R47, reason: fixtures }]\n',
    ].join(''),
  );
  return file;
}
