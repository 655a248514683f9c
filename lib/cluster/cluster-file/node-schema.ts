import * as v from 'valibot';
import { roleNames } from '../roles';
import { described, text, plainName, host, port, offset, member, stringMap } from './value-schemas';

/** One node of a cluster file. */
export const nodeSchema = v.strictObject(
  {
    name: described(plainName, 'Name of the node, by which it is called on the command line.'),
    role: described(v.picklist(roleNames, `must be one of ${roleNames.join(', ')}`), 'What the node is.'),
    host: described(
      host,
      'Machine it runs on: a name of hosts, or an IP address. Nodes of one machine must have the same.',
    ),
    home: v.optional(described(text, 'Folder of the product on its machine, from the folder of the cluster file.')),
    offset: v.optional(
      described(offset, 'Ports/Offset of carbon.xml. Default: the lowest that no other node of its machine has.'),
    ),
    localMemberPort: v.optional(
      described(port, 'Port for cluster messages; not moved by offset. Default: the lowest from 4000 on that is free.'),
    ),
    localMemberHost: v.optional(described(host, 'Address that the node advertises. Default: the address of its host.')),
    memberHost: v.optional(
      described(
        host,
        'How others list it as a member. Default: its address in the Hazelcast era, its host in the Tribes era.',
      ),
    ),
    members: v.optional(
      described(
        v.array(member, 'must be a list of host:port'),
        'Well-known members this node lists, as host:port. Default: follows from the roles.',
      ),
    ),
    subDomain: v.optional(
      described(plainName, 'Sub-domain it advertises. Default: mgt for a manager, worker for a worker.'),
    ),
    properties: v.optional(described(stringMap, 'Further member properties in axis2.xml, by name.')),
    hostName: v.optional(described(host, 'HostName of this node. Default: that of the cluster.')),
    mgtHostName: v.optional(described(host, 'MgtHostName of this node. Default: that of the cluster.')),
    localRegistryDatabase: v.optional(
      described(
        v.union([plainName, v.literal(false)], 'must be the name of a database, or false'),
        'Database of its own local registry; false leaves the one of the home as it is. Default: follows from database.names.local.',
      ),
    ),
  },
  'must be a map with name, role and host',
);
