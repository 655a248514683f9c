import { elb } from './elb';
import { manager } from './manager';
import type { NodeRole } from './node-role';
import { worker } from './worker';

/** Every role a node can have. Register a new one by adding it here. */
export const roles = { manager, worker, elb } satisfies Record<string, NodeRole>;

/** The name of a role, as in `--role worker`. */
export type RoleName = keyof typeof roles;

/** All names, in the order of the registry. */
export const roleNames = Object.keys(roles) as readonly RoleName[];

/** The facts of a role. */
export function roleOf(name: RoleName): NodeRole {
  return roles[name];
}
