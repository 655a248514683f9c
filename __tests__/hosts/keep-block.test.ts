import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CarbonPatchError } from '../../lib/errors';
import { hostsLines } from '../../lib/hosts/hosts-file';
import { keepBlock, type WantedBlock } from '../../lib/hosts/keep-block';
import { applyEdits } from '../../lib/text/edit';

const wanted: WantedBlock = {
  domain: 'wso2.esb.domain',
  entries: [
    { name: 'db.example.org', address: '192.0.2.10', why: 'database' },
    { name: 'elb.example.org', address: '2001:db8::1', why: 'node elb' },
  ],
};
const none: WantedBlock = { ...wanted, entries: [] };
const blockLines = [
  '# BEGIN carbon-patch wso2.esb.domain (kept by carbon-patch hosts --write; do not edit)',
  '192.0.2.10 db.example.org # database',
  '2001:db8::1 elb.example.org # node elb',
  '# END carbon-patch wso2.esb.domain',
];
const block = blockLines.join('\n');
const crlf = blockLines.join('\r\n');

const kept = (text: string, what = wanted): string => applyEdits(text, keepBlock(text, 'hosts', what).edits);

function problems(text: string): readonly string[] {
  try {
    keepBlock(text, 'hosts', wanted);
  } catch (error) {
    if (error instanceof CarbonPatchError && error.code === 'HOSTS_FILE_UNUSABLE')
      return (error as CarbonPatchError<'HOSTS_FILE_UNUSABLE'>).details.problems.map(
        ({ line, problem }) => `${line}: ${problem}`,
      );
    throw error;
  }
  return [];
}

describe('keepBlock', () => {
  test.each([
    ['an empty file', '', `${block}\n`],
    ['a file with a last line end', '127.0.0.1\tlocalhost\n', `127.0.0.1\tlocalhost\n${block}\n`],
    ['a file without one', '127.0.0.1 localhost', `127.0.0.1 localhost\n${block}`],
    ['CRLF', '127.0.0.1 localhost\r\n', `127.0.0.1 localhost\r\n${crlf}\r\n`],
    ['CRLF without a last line end', '# a\r\n# b', `# a\r\n# b\r\n${crlf}`],
    [
      'the block of another cluster',
      '# BEGIN carbon-patch other\n192.0.2.1 x\n# END carbon-patch other\n',
      `# BEGIN carbon-patch other\n192.0.2.1 x\n# END carbon-patch other\n${block}\n`,
    ],
    [
      'an older block in the middle',
      '# a\n# BEGIN carbon-patch wso2.esb.domain\n192.0.2.99 db.example.org\n\n# END carbon-patch wso2.esb.domain\n\n# z',
      `# a\n${block}\n\n# z`,
    ],
    [
      'an older block with CRLF in a file with LF',
      '# a\n# BEGIN carbon-patch wso2.esb.domain\r\n# END carbon-patch wso2.esb.domain\r\n# z\n',
      `# a\n${crlf}\r\n# z\n`,
    ],
  ])('%s takes the block, and a second run finds nothing to do', (_what, text, result) => {
    expect(kept(text)).toBe(result);
    expect(keepBlock(result, 'hosts', wanted).edits).toEqual([]);
  });

  test('leaves every other character of any file as it is, and taking the block away gives the file again', () => {
    const line = fc.constantFrom(
      '127.0.0.1 localhost',
      '\t192.0.2.7\thost.a  host.b # c',
      '# note',
      '',
      ' ',
      '\r',
      '::1 ip6',
    );
    const ending = fc.constantFrom('\n', '\r\n');
    const file = fc.tuple(fc.array(fc.tuple(line, ending)), fc.boolean()).map(([lines, cut]) => {
      const text = lines.map(([content, end]) => content + end).join('');
      return cut ? text.replace(/\r?\n$/, '') : text;
    });
    fc.assert(
      fc.property(file, (text) => {
        const result = kept(text);
        expect(result.startsWith(text)).toBe(true);
        expect(keepBlock(result, 'hosts', wanted).edits).toEqual([]);
        expect(kept(result, none)).toBe(text);
      }),
    );
  });

  test('tells lines that say the same, also in another family of addresses', () => {
    const text = '192.0.2.10 DB.example.org db\n192.0.2.20 elb.example.org\n2001:DB8:0::1 elb.example.org\n';
    expect(keepBlock(text, 'hosts', wanted).notes).toEqual([
      'hosts:1: maps db.example.org to the same address too; it stays.',
      'hosts:2: maps elb.example.org to the IPv4 address 192.0.2.20 too; it stays.',
      'hosts:3: maps elb.example.org to the same address too; it stays.',
    ]);
  });

  test.each([
    [
      'another address, also the loopback of another family',
      '127.0.1.1 me db.example.org\n# 192.0.2.9 db.example.org\n127.0.0.1 elb.example.org\n::1 db.example.org\n',
      [
        '1: maps db.example.org to 127.0.1.1, the cluster file to 192.0.2.10; correct one of them',
        '3: maps elb.example.org to 127.0.0.1, the cluster file to 2001:db8::1; correct one of them',
        '4: maps db.example.org to ::1, the cluster file to 192.0.2.10; correct one of them',
      ],
    ],
    [
      'another address in the block of another cluster',
      '# BEGIN carbon-patch other\n192.0.2.1 db.example.org\n# END carbon-patch other\n',
      ['2: maps db.example.org to 192.0.2.1, the cluster file to 192.0.2.10; correct one of them'],
    ],
    [
      'a block without an end',
      '# BEGIN carbon-patch wso2.esb.domain\n1.2.3.4 x\n',
      [
        '1: the block of wso2.esb.domain that begins here has no end; add "# END carbon-patch wso2.esb.domain" behind its last line',
      ],
    ],
    [
      'an end without a block',
      'x\n# END carbon-patch wso2.esb.domain\n',
      ['2: a block of wso2.esb.domain ends here that does not begin; remove this line'],
    ],
    [
      'two blocks',
      `${block}\n${block}\n`,
      ['5: a second block of wso2.esb.domain begins here, the first one is in line 1; remove one'],
    ],
    [
      'a block in a block',
      '# BEGIN carbon-patch a\n# BEGIN carbon-patch b\n# END carbon-patch b\n# END carbon-patch a\n',
      [
        '1: the block of a that begins here has no end; add "# END carbon-patch a" behind its last line',
        '4: a block of a ends here that does not begin; remove this line',
      ],
    ],
    ['zero bytes', '1\0.2', ['1: it holds zero bytes, so it is no hosts file']],
  ])('refuses %s, with the line', (_what, text, told) => {
    expect(problems(text)).toEqual(told);
  });

  test('names the block so that no domain can end its line', () => {
    const odd = { domain: 'a b\nc%', entries: wanted.entries };
    const text = kept('', odd);
    expect(text.split('\n')[0]).toMatch(/^# BEGIN carbon-patch a%20b%Ac%25 \(/);
    expect(keepBlock(text, 'hosts', odd).edits).toEqual([]);
  });
});

test('hostsLines reads fields as the resolver does', () => {
  const text = '\ufeff1.2.3.4\tone  two#three\r\n\n  5.6.7.8\n::1 six';
  expect(hostsLines(text).map(({ number, address, names }) => [number, address, ...names])).toEqual([
    [1, '1.2.3.4', 'one', 'two'],
    [2, undefined],
    [3, undefined],
    [4, '::1', 'six'],
  ]);
});
