import { CarbonPatchError, type ErrorCode, type ErrorDetails } from '../lib/errors';

/** One error as the reference shows it. */
export interface ErrorSample<Code extends ErrorCode> {
  /** When this error comes, in one whole sentence. */
  readonly when: string;
  /** A command or an input that brings it; `__tests__/errors.test.ts` does the same. */
  readonly provokedBy: string;
  /** What to do, in one or two clauses. */
  readonly fix: string;
  /** Details from which the example message is made. */
  readonly details: ErrorDetails[Code];
}

/** A sample for every code; a code without one does not compile. */
export const errorSamples: { readonly [Code in ErrorCode]: ErrorSample<Code> } = {
  UNSUPPORTED_ENCODING: {
    when: 'The XML declaration, or a UTF-32 byte order mark, names an encoding that is not supported.',
    provokedBy: 'A `carbon.xml` that begins with `<?xml version="1.0" encoding="Shift_JIS"?>`.',
    fix: 'Convert the file to UTF-8, and let its declaration say so.',
    details: { path: 'repository/conf/carbon.xml', encoding: 'Shift_JIS' },
  },
  ENCODING_CONFLICT: {
    when: 'The byte order mark or the bytes say one encoding and the XML declaration says another.',
    provokedBy: 'A `carbon.xml` in UTF-16 whose declaration says `encoding="ISO-8859-1"`.',
    fix: 'Correct the declaration, or save the file in the encoding that it declares.',
    details: { path: 'repository/conf/carbon.xml', found: 'UTF-16LE', declared: 'ISO-8859-1' },
  },
  INVALID_BYTES: {
    when: 'The file holds bytes that mean nothing in its encoding, such as a Latin-1 byte in a UTF-8 file.',
    provokedBy: 'An `axis2.xml` without a declaration that holds the byte E4.',
    fix: 'Save the file as UTF-8, or declare the encoding that it has.',
    details: { path: 'repository/conf/axis2/axis2.xml', encoding: 'UTF-8', offset: 1042 },
  },
  NOT_WELL_FORMED: {
    when: 'The file breaks a rule of XML 1.0, fifth edition, or one of Namespaces in XML 1.0; the command line adds the line with a caret under the place.',
    provokedBy: 'A `user-mgt.xml` in which the end tag `</Realm>` is missing.',
    fix: 'Mend the place that the caret points at; `xmllint --noout` finds the same.',
    details: {
      path: 'repository/conf/user-mgt.xml',
      line: 7,
      column: 1,
      sourceLine: '</UserManager>',
      problem: 'end tag </UserManager> where <Realm> of line 2 is open',
    },
  },
  BEYOND_LIMITS: {
    when: 'The entities of the file stand for more than a million characters or lie more than 40 deep in each other, an element has more than 5,000 attributes, or the DOCTYPE adds more than 100,000 with prefixes: such a file is made to use up whoever reads it.',
    provokedBy: 'A file with entities that stand for each other ten times each, seven deep.',
    fix: 'Take the DOCTYPE with its entities out of the file; no file of Carbon needs one.',
    details: { path: 'repository/conf/carbon.xml', problem: 'its entities stand for more than 1000000 characters' },
  },
  INTERNAL_MISMATCH: {
    when: 'A check of the library on itself failed: two readings of a file disagree, or a result is not what was meant.',
    provokedBy:
      'Nothing that a user can do; a defect, or a program that hands edits to the library that do not fit the text.',
    fix: 'Nothing was written; report it with the file, its secrets taken out.',
    details: { path: 'repository/conf/axis2/axis2.xml', problem: 'the edits do not give the result' },
  },
  EDIT_CONFLICT: {
    when: 'A caller of the library gave two text edits that overlap.',
    provokedBy: 'A call of the library with two edits of the same characters.',
    fix: 'Apply one, read the document anew, and then apply the other.',
    details: { start: 120, end: 134 },
  },
  XPATH_INVALID: {
    when: 'The expression is not XPath 1.0, or uses a prefix that nothing declares.',
    provokedBy: '`{ op: setText, at: "/c:Server/Ports", value: "1" }` with no namespace for `c`.',
    fix: 'Correct the expression, or declare the prefix under `namespaces`.',
    details: { path: 'carbon.xml', at: '/c:Server/Ports', problem: 'Cannot resolve QName c' },
  },
  TARGET_NOT_FOUND: {
    when: 'Nothing matches the XPath of an operation; the nearest names that do exist are given.',
    provokedBy: '`{ op: setText, at: "/axisconfig/clustering/parameter[@name=\'localMemberHosts\']", value: a }`.',
    fix: 'Take the nearest name that the message offers, or create the element with `ensureElement`.',
    details: {
      path: 'axis2.xml',
      at: "/axisconfig/clustering/parameter[@name='localMemberHosts']",
      nearest: ["parameter[@name='localMemberHost']", "parameter[@name='localMemberPort']"],
    },
  },
  TARGET_AMBIGUOUS: {
    when: 'Several elements match where one is meant.',
    provokedBy: 'An `axis2.xml` with two `<clustering>` elements.',
    fix: 'Remove or comment out those that are not meant, or narrow the XPath.',
    details: { path: 'axis2.xml', at: '/axisconfig/clustering', lines: [114, 208] },
  },
  TARGET_NOT_ELEMENT: {
    when: 'The XPath gives an attribute, a text, a comment or a value.',
    provokedBy: '`{ op: setText, at: /axisconfig/clustering/@enable, value: "true" }`.',
    fix: 'Point at the element; `setAttribute` sets its attributes.',
    details: { path: 'axis2.xml', at: '/axisconfig/clustering/@enable', found: 'an attribute' },
  },
  TARGET_UNSUITABLE: {
    when: 'The element is there but cannot take the operation.',
    provokedBy: '`{ op: setText, at: /Server/Ports, value: "1" }`, where `Ports` holds elements.',
    fix: 'Name the element that holds the text.',
    details: {
      path: 'carbon.xml',
      line: 41,
      column: 9,
      at: '/Server/Ports',
      problem: 'holds <Offset> elements, so it has no text to set; name one of them',
    },
  },
  OPERATION_INVALID: {
    when: 'An operation is not one that exists, or its arguments are not what it takes.',
    provokedBy: '`{ op: setText, at: /Server }`, without a value.',
    fix: 'Give the operation the arguments that [operations.md](reference/operations.md) lists.',
    details: { operation: '2', problem: '"value" of setText must be a string' },
  },
  VALUE_NOT_XML: {
    when: 'A value holds a character for which XML 1.0 has no form.',
    provokedBy: '`--domain` with a NUL or another control character in it, from a program.',
    fix: 'Remove the character from the value.',
    details: { path: 'axis2.xml', codePoint: 0 },
  },
  HOME_NOT_FOUND: {
    when: 'The folder is not there, or it has no conf folder of a Carbon home.',
    provokedBy: '`carbon-patch show --home /opt/esb/bin`.',
    fix: 'Give the folder of the product, which holds `bin` and `repository/conf`.',
    details: {
      home: '/opt/esb/bin',
      problem: 'holds no carbon.xml or axis2/axis2.xml in repository/conf or conf',
    },
  },
  HOME_GENERATED: {
    when: 'The home has a deployment.toml or deployment.yaml, from which its XML files are made anew at each start.',
    provokedBy: '`carbon-patch apply --role worker --home /opt/am`, a home with a `deployment.toml`.',
    fix: 'Change `deployment.toml` instead; carbon-patch is for the releases before it.',
    details: { home: '/opt/am', path: 'repository/conf/deployment.toml' },
  },
  HOME_NOT_FOR_ROLE: {
    when: 'A load balancer is to become something else, or something else a load balancer.',
    provokedBy: '`carbon-patch apply --role elb --home /opt/esb`.',
    fix: 'Give a role that fits the home, or the home of a load balancer.',
    details: {
      home: '/opt/esb',
      role: 'elb',
      problem: 'it has no repository/conf/loadbalancer.conf, so it is no load balancer; use another role',
    },
  },
  HOME_FILES_UNUSABLE: {
    when: 'Files that the role needs are missing, malformed, or not as their recipe needs them; all of them are listed.',
    provokedBy: 'A home without its `registry.xml`.',
    fix: 'Mend every file that is listed; each line says how.',
    details: {
      home: '/opt/esb',
      causes: [
        new CarbonPatchError('FILE_UNREADABLE', {
          path: 'repository/conf/registry.xml',
          problem: 'role worker needs it, and it is missing',
        }),
        new CarbonPatchError('TARGET_AMBIGUOUS', {
          path: 'repository/conf/axis2/axis2.xml',
          at: '/axisconfig/clustering',
          lines: [114, 208],
        }),
      ],
    },
  },
  TOPOLOGY_INVALID: {
    when: 'Values of the cluster, from flags or from the caller, are wrong; all of them are listed.',
    provokedBy: '`carbon-patch apply --role worker --home /opt/esb --local-member-port 0 --member 10.0.0.5`.',
    fix: 'Correct the values; each line says what it must be.',
    details: {
      problems: ['local-member-port: must be a whole number from 1 to 65535', 'member: "10.0.0.5" is not host:port'],
    },
  },
  CLUSTER_FILE_INVALID: {
    when: 'The cluster file is not plain YAML or JSON, or its values have the wrong form or do not go together; all of them are listed, and the command line adds each line with a caret under the place.',
    provokedBy: 'A cluster file with `hostname` for `hostName`.',
    fix: 'Correct the lines that are listed; [cluster-file.md](cluster-file.md) has every key.',
    details: {
      path: 'carbon-cluster.yaml',
      problems: [
        {
          place: { path: 'carbon-cluster.yaml', line: 2, column: 1, sourceLine: 'hostname: esb.example.org' },
          problem: 'hostname is no key of the cluster file; did you mean hostName?',
        },
        {
          place: {
            path: 'carbon-cluster.yaml',
            line: 9,
            column: 63,
            sourceLine: '  - { name: worker2, role: worker, host: 192.0.2.12, offset: 70000 }',
          },
          problem: 'nodes[2].offset must be a whole number from 0 to 54424',
        },
        {
          place: undefined,
          problem: '--set nodes.worker9.offset: there is no worker9 in nodes; did you mean worker1?',
        },
      ],
    },
  },
  NODE_CHOICE_UNCLEAR: {
    when: 'The options and the cluster file leave open which nodes are meant, or name some that are not there.',
    provokedBy: '`carbon-patch apply --cluster carbon-cluster.yaml --node worker9`.',
    fix: 'Name nodes of the cluster file, or say which home is meant.',
    details: { problem: 'the cluster has no node worker9', advice: 'did you mean worker1?' },
  },
  HOMES_UNUSABLE: {
    when: 'Several homes of a cluster cannot be used as they are; each has an error of its own, and none is written to.',
    provokedBy: 'A cluster file with two homes of which neither is a Carbon home.',
    fix: 'Mend each home, or leave it out with `--node`.',
    details: {
      causes: [
        new CarbonPatchError('HOME_NOT_FOUND', { home: '/opt/esb1', problem: 'is not there' }),
        new CarbonPatchError('HOME_GENERATED', { home: '/opt/esb2', path: 'repository/conf/deployment.toml' }),
      ],
    },
  },
  HOSTS_FILE_UNUSABLE: {
    when: 'A hosts file maps a name of the cluster to another address, or the block that carbon-patch keeps in it is damaged.',
    provokedBy:
      '`carbon-patch hosts --node worker1 --write FILE`, where a line of the file gives the database another address.',
    fix: 'Correct the line of the hosts file that the message names, or the address in the cluster file.',
    details: {
      path: '/etc/hosts',
      problems: [
        { line: 4, problem: 'maps db.example.org to 192.0.2.9, the cluster file to 192.0.2.10; correct one of them' },
      ],
    },
  },
  CLONE_REFUSED: {
    when: 'A home cannot be copied to make another node of it; every reason is told.',
    provokedBy:
      '`carbon-patch clone --from worker1 --to DIR --name worker2`, where something is in the folder already.',
    fix: 'Give another folder, name or node, as each reason says.',
    details: {
      home: '/opt/cluster/worker1',
      problems: ['/opt/cluster/worker2 is there already and not empty; give another folder'],
    },
  },
  PLAN_STALE: {
    when: 'Files changed between planning and writing; all of them are named. The command line adds a three-way picture of each, and `--json` the same as `drift`.',
    provokedBy: 'A file that is edited between `plan --out` and `apply --plan`.',
    fix: 'Plan again, and review what is different.',
    details: {
      path: 'repository/conf/axis2/axis2.xml',
      paths: ['repository/conf/axis2/axis2.xml', 'repository/conf/carbon.xml'],
    },
  },
  PLAN_FILE_INVALID: {
    when: 'A saved plan is not one of this program, or does not fit the homes that it was made for.',
    provokedBy: '`carbon-patch apply --plan package.json`.',
    fix: 'Save a plan with `carbon-patch plan --out`, and apply that.',
    details: { path: 'plan.json', problem: 'it is not JSON' },
  },
  DRIVER_UNUSABLE: {
    when: 'A file of `--jdbc-driver` is no jar that a server can load, or a home has another version of the driver.',
    provokedBy: '`carbon-patch apply --cluster carbon-cluster.yaml --jdbc-driver README.md`.',
    fix: 'Give the jar of the driver that the vendor offers, or remove the other version from the home.',
    details: {
      problems: ['mysql-connector-j-8.0.33.jar: it is no jar, or a damaged one (…); fetch it from the vendor again'],
    },
  },
  HOME_LOCKED: {
    when: 'Another run works on the same home and did not end within five seconds.',
    provokedBy: 'Two runs of `carbon-patch apply` on one home, of which the first waits for its answer.',
    fix: 'Wait for the other run; where it is surely gone, remove the lock file that the message names.',
    details: { home: '/opt/esb', holder: 'pid 4711 on esb1 since 2026-01-31T12:00:00.000Z' },
  },
  FILE_UNREADABLE: {
    when: 'A file or folder is missing, may not be read, or is not a regular file.',
    provokedBy: '`carbon-patch apply --role worker --home /opt/esb --db-password-file /no/such`.',
    fix: 'Correct the path, or the permissions of the file.',
    details: { path: 'repository/conf/carbon.xml', problem: 'permission denied (EACCES)' },
  },
  FILE_UNSAFE: {
    when: 'A file is not replaced as it is found: a link leads out of the home, it has further names (hard links), or it is a named pipe, a socket, a device or a folder.',
    provokedBy:
      '`carbon-patch apply` on a home in which one of the files has a second name (`ln carbon.xml ../other.xml`).',
    fix: 'Put a file of its own in the place, or work on the home in which the true file lies.',
    details: { path: 'repository/conf/carbon.xml', reason: 'linkLeavesHome', truePath: '/etc/wso2/carbon.xml' },
  },
  WRITE_FAILED: {
    when: 'A file or the journal cannot be written, for example on a full disk.',
    provokedBy: 'A home whose conf folder is read-only, or a full disk.',
    fix: 'Make room, or make the folder writable, and run again.',
    details: {
      path: 'repository/conf/carbon.xml',
      problem: 'no space left on device (ENOSPC)',
      restored: true,
    },
  },
  NOTHING_TO_UNDO: {
    when: 'There is no apply left that could be undone.',
    provokedBy: '`carbon-patch undo --home /opt/esb` before any `apply`.',
    fix: 'Nothing is to be done; the home is as it was.',
    details: { home: '/opt/esb' },
  },
  UNDO_CONFLICT: {
    when: 'Files were changed since the apply that is to be undone; all of them are named. The command line adds a three-way picture of each, and `--json` the same as `drift`.',
    provokedBy: 'A file that is edited between `apply` and `undo`.',
    fix: 'Put the file back as the apply left it, or undo by hand as [recovery.md](recovery.md) tells.',
    details: { paths: ['repository/conf/axis2/axis2.xml', 'repository/conf/carbon.xml'] },
  },
  JOURNAL_DAMAGED: {
    when: 'The journal or a saved original cannot be used, or somebody changed a file while a run was unfinished.',
    provokedBy: 'A `.carbon-patch/journal.json` that is no JSON.',
    fix: 'Copy the originals back by hand as [recovery.md](recovery.md) tells, and remove `.carbon-patch`.',
    details: { path: '.carbon-patch/journal.json', problem: 'it is not JSON' },
  },
};
