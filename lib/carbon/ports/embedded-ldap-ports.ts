import { carbonPort, filePorts } from './file-ports';
import type { PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/** The user store inside a server; Identity Server ships with it switched on, its Kerberos server off. */
export const embeddedLdapPorts: PortFeature = {
  summary: 'LDAPServerPort and KDCServerPort, where embedded-ldap.xml enables the embedded user store.',
  declaredPorts: (facts) =>
    filePorts(facts, 'embeddedLdap', () =>
      shipsWith(facts, 'embeddedLdap') ? carbonPort(facts, 'LDAPServerPort', 'EmbeddedLDAP/LDAPServerPort') : [],
    ),
};
