import type { KnownLine } from './known-line';

/** Lines about the server as such, its registry and its machine. */
export const serverLines = {
  'initialization-failed': {
    pattern: /WSO2 Carbon initialization Failed/,
    severity: 'error',
    endsStart: true,
    meaning: 'the server gave up its start; what it failed at stands below the line',
    advice: 'mend that and start it again',
    source: 'org.wso2.carbon.core.init.CarbonServerManager',
  },
  'waits-for-services': {
    pattern: /^Waiting for required OSGi services/,
    severity: 'warning',
    meaning: 'a part of the server that others need has not come up for a minute',
    advice: 'look for the first error above: a datasource or a user store that fails keeps the rest waiting',
    source: 'org.wso2.carbon.core.init.CarbonServerManager and AppDeployerServiceComponent',
  },
  'mount-in-the-way': {
    pattern: /^Unable to create remote mount\. A resource already exists/,
    severity: 'error',
    meaning: 'the local registry has a collection where the shared one is to be mounted',
    advice: 'set overwrite of that mount to true, or to virtual, which deletes nothing',
    source: 'org.wso2.carbon.registry.core.jdbc.EmbeddedRegistryService',
  },
  'keystore-password': {
    pattern: /Keystore was tampered with, or password was incorrect/,
    severity: 'error',
    endsStart: true,
    meaning: 'the password of a keystore in carbon.xml or axis2.xml is not that of the file',
    advice: 'correct it, or the secret vault that gives it',
    source: 'java.security.KeyStore',
  },
  'out-of-memory': {
    pattern: /java\.lang\.OutOfMemoryError/,
    severity: 'error',
    endsStart: true,
    meaning: 'the memory that the start script gives to Java is used up',
    advice: 'raise -Xmx in the start script, where the machine has the memory for all of its servers',
    source: 'java.lang.OutOfMemoryError',
  },
  'disk-full': {
    pattern: /No space left on device/,
    severity: 'error',
    endsStart: true,
    meaning: 'the disk under the home, or under its tmp folder, is full',
    advice: 'make room, then start the server again',
    source: 'java.io.IOException',
  },
} satisfies Readonly<Record<string, KnownLine>>;
