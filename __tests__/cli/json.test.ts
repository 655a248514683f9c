import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { copyHome, stateOf } from './home-copy';
import { atTerminal, runCli, type World } from './memory-io';

/** The one document that a command prints, with its exit code. */
async function documentOf(words: readonly string[], world: World = {}): Promise<{ code: number; document: unknown }> {
  const { code, stdout } = await runCli([...words, '--json'], world);
  expect(stdout).toMatch(/^\{\n[\s\S]*\n\}\n$/);
  return { code, document: JSON.parse(stdout) };
}

function applyTo(home: string, ...words: readonly string[]): readonly string[] {
  return ['apply', '--role', 'worker', '--home', home, ...words];
}

interface PlanDocument {
  readonly files: readonly {
    readonly path: string;
    readonly changes: readonly object[];
    readonly diff: string;
  }[];
}

describe('apply --json prints one document', () => {
  test('of what was written', async () => {
    const home = copyHome();
    const { stdout: diff } = await runCli(['diff', '--role', 'worker', '--home', home]);
    const { code, document } = await documentOf(applyTo(home));
    expect(code).toBe(0);
    expect(document).toMatchObject({
      formatVersion: 1,
      node: 'worker1',
      changed: true,
      written: true,
      secretsMasked: true,
      notes: [],
    });
    const { files } = document as PlanDocument;
    expect(files.map((file) => Object.keys(file))).toEqual(
      files.map(() => ['path', 'encoding', 'changed', 'changes', 'diff']),
    );
    expect(files.map(({ diff: ofFile }) => ofFile).join('')).toBe(diff);
    expect(files[1]?.path).toBe('repository/conf/carbon.xml');
    expect(files[1]?.changes[0]).toEqual({
      line: 17,
      operation: 'ensureElement',
      at: '/Server',
      attribute: null,
      before: null,
      after: '<HostName>esb.cloud-test.wso2.com</HostName>',
    });
  });

  test('where there is nothing to do', async () => {
    const home = copyHome();
    await runCli(applyTo(home));
    const { code, document } = await documentOf(applyTo(home));
    expect(code).toBe(0);
    expect(document).toMatchObject({ formatVersion: 1, changed: false, written: false });
    expect((document as PlanDocument).files.map(({ changes, diff }) => [changes, diff])).toEqual(
      Array(5).fill([[], '']),
    );
  });

  test.each([['--dry-run'], ['--dry-run', '--yes']])(
    'of a dry run with %s, and nothing is written',
    async (...words) => {
      const home = copyHome();
      const before = stateOf(home);
      const { code, document } = await documentOf(applyTo(home, ...words));
      expect(code).toBe(0);
      expect(document).toMatchObject({ changed: true, written: false });
      expect(stateOf(home)).toEqual(before);
    },
  );

  test('where the person says no', async () => {
    const { code, document } = await documentOf(applyTo(copyHome()), { terminals: atTerminal, answers: ['n'] });
    expect(code).toBe(2);
    expect(document).toMatchObject({ changed: true, written: false });
  });

  test('without colours on a terminal', async () => {
    const { document } = await documentOf(applyTo(copyHome()), { terminals: atTerminal, answers: ['y'] });
    expect(document).toMatchObject({ written: true });
    expect(JSON.stringify(document)).not.toContain('\\u001b');
  });

  test('with the secrets where they are asked for', async () => {
    const { document } = await documentOf(applyTo(copyHome(), '--show-secrets', '--dry-run'), {
      env: { CARBON_PATCH_DB_PASSWORD: 's3cr3t' },
    });
    expect(document).toMatchObject({ secretsMasked: false });
    expect(JSON.stringify(document)).toContain('<password>s3cr3t</password>');
  });
});

describe('diff --json prints one document', () => {
  test('the same as that of a dry run, with the exit code of a difference', async () => {
    const home = copyHome();
    const { document: dryRun } = await documentOf(applyTo(home, '--dry-run'));
    expect(await documentOf(['diff', '--role', 'worker', '--home', home])).toEqual({ code: 1, document: dryRun });
  });

  test('where nothing differs', async () => {
    const home = copyHome();
    await runCli(applyTo(home));
    const { code, document } = await documentOf(['diff', '--role', 'worker', '--home', home]);
    expect(code).toBe(0);
    expect(document).toMatchObject({ changed: false });
  });
});

test('show --json prints one document with the home and the settings of each file', async () => {
  const home = copyHome();
  const { code, document } = await documentOf(['show', '--home', home]);
  expect(code).toBe(0);
  expect(document).toMatchObject({
    formatVersion: 1,
    home: {
      path: home,
      confFolder: 'repository/conf',
      productName: 'WSO2 Enterprise Service Bus',
      productVersion: '5.0.0',
      carbonVersion: '4.4.8',
      isLoadBalancer: false,
    },
  });
  const { files } = document as { files: { path: string; settings: object[] }[] };
  expect(files[0]?.path).toBe('repository/conf/axis2/axis2.xml');
  expect(Object.keys(files[0]?.settings[0] ?? {})).toEqual(['name', 'value', 'line']);
});

describe('an error is one document too', () => {
  test('a command line that cannot be run', async () => {
    expect(await documentOf(['apply', '--rol', 'worker'])).toEqual({
      code: 2,
      document: {
        formatVersion: 1,
        error: {
          code: 'COMMAND_LINE_INVALID',
          message: 'unknown option --rol; did you mean --role?',
          details: { problems: ['unknown option --rol; did you mean --role?'] },
        },
      },
    });
  });

  test.each([['--json=no'], ['--json=']])('%s', async (word) => {
    const { code, stdout } = await runCli(['show', '--home', 'x', word]);
    expect({ code, document: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 2,
      document: { error: { message: '--json takes no value' } },
    });
  });

  test('of no command at all', async () => {
    expect(await documentOf([])).toMatchObject({ code: 2, document: { error: { code: 'COMMAND_LINE_INVALID' } } });
  });

  test('wrong values', async () => {
    expect(await documentOf(applyTo(copyHome(), '--db-port', 'x', '--host', '?'))).toMatchObject({
      code: 2,
      document: { formatVersion: 1, error: { code: 'TOPOLOGY_INVALID', details: { problems: { length: 2 } } } },
    });
  });

  test('a home that is not there', async () => {
    const home = copyHome();
    rmSync(home, { recursive: true });
    for (const words of [applyTo(home), ['diff', ...applyTo(home).slice(1)], ['show', '--home', home]]) {
      expect(await documentOf(words)).toEqual({
        code: 2,
        document: {
          formatVersion: 1,
          error: {
            code: 'HOME_NOT_FOUND',
            message: `${home}: there is no such folder; give the folder that holds bin and repository/conf, or conf in EI 6`,
            details: { home, problem: 'there is no such folder' },
          },
        },
      });
    }
  });

  test('files that cannot be used, each with its own code and place, without its source line', async () => {
    const home = copyHome();
    rmSync(join(home, 'repository/conf/user-mgt.xml'));
    writeFileSync(join(home, 'repository/conf/carbon.xml'), '<Server>\n  <Ports></Port>\n</Server>');
    const { code, document } = await documentOf(applyTo(home));
    expect(code).toBe(2);
    expect(document).toMatchObject({
      formatVersion: 1,
      error: {
        code: 'HOME_FILES_UNUSABLE',
        details: {
          home,
          causes: [
            { code: 'NOT_WELL_FORMED', details: { path: 'repository/conf/carbon.xml', line: 2, column: 10 } },
            { code: 'FILE_UNREADABLE', details: { path: 'repository/conf/user-mgt.xml' } },
          ],
        },
      },
    });
    const { causes } = (document as { error: { details: { causes: { details: object }[] } } }).error.details;
    expect(Object.keys(causes[0]?.details ?? {}).sort()).toEqual(['column', 'line', 'path']);
  });

  test('the message is on stderr all the same', async () => {
    const { stderr } = await runCli(['show', '--home', '/no/such', '--json']);
    expect(stderr).toMatch(/^carbon-patch: \/no\/such: there is no such folder/);
  });

  test('an error that nobody knows', async () => {
    const home = copyHome();
    const before = stateOf(home);
    const questionError = new Error('jdbc:mysql://root:s3cr3t@db/x is gone');
    expect(await documentOf(applyTo(home), { terminals: atTerminal, questionError })).toEqual({
      code: 2,
      document: {
        formatVersion: 1,
        error: {
          code: 'UNEXPECTED',
          message:
            'unexpected error: jdbc:mysql://********@db/x is gone\nthis is an error that carbon-patch does not know; please report it with what you did',
          details: {},
        },
      },
    });
    expect(stateOf(home)).toEqual(before);
  });
});
