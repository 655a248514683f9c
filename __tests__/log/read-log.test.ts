import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeLog } from '../../lib/log/judge-log';
import { parseLogLine } from '../../lib/log/log-line';
import { knownLines } from '../../lib/log/known-lines';
import { logReader } from '../../lib/log/read-log';
import { printable } from '../../lib/report/color';
import { logText } from '../../lib/report/log-text';
import type { StartRecord } from '../../lib/log/start-record';
import { propertyRuns } from '../properties/property-runs';
import { logBytes, logCases, questionOf } from './log-cases';

/** What a reader knows after these pieces. */
function recordOf(pieces: readonly Uint8Array[]): StartRecord {
  const reader = logReader();
  reader.beginFile('a.log');
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return reader.record();
}

function inPieces(bytes: Uint8Array, length: number): readonly Uint8Array[] {
  const count = Math.ceil(bytes.length / length);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * length, (index + 1) * length));
}

const logOf = fc.constantFrom(...logCases);

describe('a log', () => {
  test('reads the same in pieces of any length', () => {
    fc.assert(
      fc.property(logOf, fc.integer({ min: 1, max: 300 }), ({ name }, length) => {
        const bytes = logBytes(name);
        expect(recordOf(inPieces(bytes, length))).toEqual(recordOf([bytes]));
      }),
      { numRuns: 2 * propertyRuns },
    );
  });

  test('that is cut at any byte, or has any byte changed, gives a verdict', async () => {
    const questions = new Map(await Promise.all(logCases.map(async (one) => [one, await questionOf(one)] as const)));
    fc.assert(
      fc.property(logOf, fc.nat(), fc.nat(), fc.nat(255), (one, cut, place, byte) => {
        const bytes = Uint8Array.from(logBytes(one.name));
        bytes[place % bytes.length] = byte;
        const record = recordOf([bytes.subarray(0, cut % (bytes.length + 1))]);
        const text = logText(judgeLog(record, questions.get(one)), {});
        expect(printable(text)).toBe(text);
      }),
      { numRuns: 3 * propertyRuns },
    );
  });

  test('with lines of any bytes and any length is bounded', () => {
    const long = Buffer.from(`[2020-01-01 00:00:00,000] ERROR {a.b} - ${'x'.repeat(3_000_000)}`);
    const record = recordOf([...inPieces(long, 70_000), Buffer.from('\nend\n')]);
    expect(record.otherErrors.first[0]?.text).toHaveLength(301);
    expect(recordOf([long, Buffer.from('\nend\n')])).toEqual(record);
  });

  test('with any number of members and errors keeps some', () => {
    const lines = Array.from({ length: 2000 }, (_, index) => [
      `[2020-01-01 00:00:00,000] INFO {a.b} - Member joined [x]: /10.0.${index >> 8}.${index & 255}:4000`,
      '[2020-01-01 00:00:00,000] ERROR {a.b} - unknown',
    ]);
    const record = recordOf([
      Buffer.from(`${lines.flat().join('\n')}\n[2020-01-01 00:00:00,000] FATAL {a.b} - the last`),
    ]);
    expect(record.members).toHaveLength(500);
    expect(record.otherErrors.count).toBe(2001);
    expect(record.otherErrors.first.map(({ text }) => text)).toEqual([
      'the last',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  test('of tens of megabytes is read in no more memory than a small one', () => {
    const entry = Buffer.from(
      '[2020-01-01 00:00:00,000]  INFO {org.apache.synapse.mediators.builtin.LogMediator} -  To: /services/x, MessageID: urn:uuid:1\n'.repeat(
        2000,
      ),
    );
    const reader = logReader();
    reader.beginFile('a.log');
    const before = process.memoryUsage().rss;
    for (let read = 0; read < 48 * 1024 * 1024; read += entry.length) reader.push(entry);
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 1024 * 1024);
    expect(reader.record().entries).toBeGreaterThan(300_000);
  }, 30_000);
});

describe('a line', () => {
  const parts = { level: 'INFO', message: 'Starting WSO2 Carbon...' };
  test.each([
    ['TID: [0] [ESB] [2015-10-22 14:58:20,964]  INFO {a.b.C} -  Starting WSO2 Carbon... {a.b.C}', 'a.b.C'],
    ['TID: [-1234] [] [2021-03-01 23:18:25,399]  INFO {a.b.C} - Starting WSO2 Carbon...', 'a.b.C'],
    ['[2019-01-13 14:34:58,697]  INFO {a.b.C} -  Starting WSO2 Carbon...', 'a.b.C'],
    ['[2023-04-22 23:50:25,406]  INFO - C Starting WSO2 Carbon...', 'C'],
    ['[2019-06-04 14:26:20,315] [-1234] [] [main]  INFO {a.b.C} - Starting WSO2 Carbon...', 'a.b.C'],
    ['2013-05-06 10:10:10,123 [-] [main]  INFO C Starting WSO2 Carbon...', 'C'],
  ])('%s', (text, className) => {
    expect(parseLogLine(text)).toMatchObject({ ...parts, className });
  });

  test.each(['', '\tat a.b.C(C.java:1)', 'Caused by: x', '[2019-06-04] INFO x', 'TID: [0]', '{a} - INFO'])(
    '%j is none',
    (text) => {
      expect(parseLogLine(text)).toBeUndefined();
    },
  );
});

/** A real message of each known line, in the words of the software that logs it. */
const samples: Readonly<Record<keyof typeof knownLines, string>> = {
  'port-in-use': 'java.net.BindException: Address already in use',
  'port-needs-root': 'java.net.SocketException: Permission denied',
  'address-not-here': 'java.net.BindException: Cannot assign requested address',
  'host-unknown': 'java.net.UnknownHostException: mgr.example.org',
  'database-login-refused': 'FATAL: password authentication failed for user "orders"',
  'database-missing': "Unknown database 'REGISTRY_DB'",
  'database-unreachable': 'com.mysql.jdbc.exceptions.jdbc4.CommunicationsException: Communications link failure',
  'too-many-connections': 'FATAL: sorry, too many clients already',
  'table-missing': 'ERROR: relation "reg_resource" does not exist',
  'key-too-long': 'Specified key was too long; max key length is 767 bytes',
  'driver-missing': 'java.lang.ClassNotFoundException: com.mysql.jdbc.Driver',
  'jndi-name-unknown': 'Unable to look-up JNDI name jdbc/WSO2RegistryDB',
  'local-registry-shared': 'Total number of available connections are less than the total number of closed connections',
  'database-file-locked': 'Database may be already in use: "Locked by another process"',
  'clustering-disabled': 'Clustering has been disabled',
  'loopback-advertised':
    'localMemberHost is configured to use the loopback address. Hazelcast Clustering needs ip addresses',
  'membership-scheme-invalid': "Invalid membership scheme 'wkaa'. Supported schemes are multicast & wka",
  'member-not-reached': 'Could not connect to member 192.0.2.1:4000',
  'well-known-member-left': 'WKA member Host:192.0.2.1, Port: 4000, HTTP:-1, HTTPS:-1, Active:true left cluster.',
  'wrong-bind-request':
    'Wrong bind request from Address[192.0.2.1]:4000! This node is not requested endpoint: Address[a]:4000',
  'hazelcast-license': 'com.hazelcast.license.exception.InvalidLicenseException: Invalid License Key!',
  'member-id-twice': 'com.hazelcast.core.DuplicateInstanceNameException: HazelcastInstance with name',
  'member-not-added': 'Could not add application member Host:192.0.2.1, Port: 4000',
  'no-group-management-agent': 'No Group Management Agent found for the domain: a, subDomain: b',
  'conf-key-unknown': 'Did not find a setter method named : setGroup_mgt_port',
  'group-port-not-its-own':
    'group_mgt_port for the a is the same as the primary localMemberPort. Please set a different value',
  'initialization-failed': 'WSO2 Carbon initialization Failed',
  'waits-for-services': 'Waiting for required OSGi services: a.B,',
  'mount-in-the-way': 'Unable to create remote mount. A resource already exists at the given location: /_system/config',
  'keystore-password': 'java.io.IOException: Keystore was tampered with, or password was incorrect',
  'out-of-memory': 'java.lang.OutOfMemoryError: Java heap space',
  'disk-full': 'java.io.IOException: No space left on device',
};

describe('known lines', () => {
  test.each(Object.entries(samples))('%s is found in an entry', (name, message) => {
    const level = 'isInfo' in knownLines[name as keyof typeof knownLines] ? 'INFO' : 'ERROR';
    const found = recordOf([Buffer.from(`[2020-01-01 00:00:00,000] ${level} {a.b} - ${message}\n`)]).known;
    expect([...found.keys()]).toEqual([name]);
  });

  test('what an application informs of is none', () => {
    const text = Object.values(samples)
      .filter((_, index) => !('isInfo' in (Object.values(knownLines)[index] ?? {})))
      .map((message) => `[2020-01-01 00:00:00,000] INFO {a.LogMediator} - ${message}\n`)
      .join('');
    expect([...recordOf([Buffer.from(text)]).known.keys()]).toEqual([]);
  });

  test.each(Object.entries(knownLines))('%s says in one sentence each what it means and what to do', (_name, line) => {
    for (const text of [line.meaning, line.advice]) expect(text).toMatch(/^[^A-Z].*[^.]$|^-/);
    expect(line.pattern.flags).toBe('');
  });
});
