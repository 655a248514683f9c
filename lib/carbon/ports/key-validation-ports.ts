import { keyValidationPort } from '../facts/port-files';
import { filePorts } from './file-ports';
import { portByDefault, type PortFeature } from './port-feature';
import { shipsWith } from './shipped-with';

/** Key validation of API Manager before 3.0. The offset moves the default only: an explicit ThriftServerPort stays. */
export const keyValidationPorts: PortFeature = {
  summary: 'The Thrift server for key validation of api-manager.xml, where it is enabled.',
  declaredPorts: (facts) =>
    filePorts(facts, 'keyValidation', () =>
      shipsWith(facts, 'keyValidation') ? [portByDefault('ThriftServerPort', keyValidationPort)] : [],
    ),
};
