import type { ConfNode, LoadBalancerConf } from '../../elb/load-balancer-conf';
import type { HomeFacts } from '../facts/home-facts';
import { portInFile, type DeclaredPort, type PortFeature } from './port-feature';

/** Where a server of the Hazelcast era joins the groups of application members; Tribes does it over its member port. */
export const groupManagementPorts: PortFeature = {
  summary: 'group_mgt_port of loadbalancer.conf, and the applicationDomain ports of an enabled groupManagement.',
  declaredPorts: (facts) => {
    const clustering = facts.axis2?.clustering;
    if (clustering?.agent !== 'hazelcast' || !clustering.enabled.value) return [];
    return [...confPorts(facts.loadBalancerConf), ...applicationDomainPorts(facts)];
  },
};

const unmoved = { isMovedByOffset: false };

function confPorts(conf: LoadBalancerConf | undefined): readonly DeclaredPort[] {
  const services = conf?.nodes.filter(({ name }) => name === 'services') ?? [];
  return services.flatMap((node) => portsBelow(conf?.path ?? '', node));
}

/** Of two properties of one key in a block the later counts; a number below 0 means none. */
function portsBelow(path: string, node: ConfNode): readonly DeclaredPort[] {
  const property = node.properties.findLast(({ key }) => key === 'group_mgt_port');
  const own =
    property === undefined
      ? []
      : portInFile(`group_mgt_port of ${node.name}`, { ...property, path, column: 1 }, unmoved);
  return [...own.filter(({ base }) => base > 0), ...node.children.flatMap((child) => portsBelow(path, child))];
}

function applicationDomainPorts({ axis2 }: HomeFacts): readonly DeclaredPort[] {
  const management = axis2?.clustering?.groupManagement;
  if (management?.value.enabled !== true) return [];
  return management.value.domains.flatMap(({ name, port }) =>
    portInFile(`applicationDomain ${name}`, { ...management, value: port }, unmoved),
  );
}
