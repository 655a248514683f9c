import type { Command } from '../command';
import { exitCodes } from '../exit-code';
import { jsonText } from '../../text/json-text';
import { say } from '../io';
import { clusterOptions, outputOptions, value } from '../options';

const options = {
  ...clusterOptions,
  node: { ...clusterOptions.node, describe: 'Node whose databases are meant; those of all nodes where none is named' },
  'client-hosts': {
    ...value,
    describe: 'From where MySQL and MariaDB let the users in: any (the default), or nodes, their addresses only',
  },
  ...outputOptions,
} as const;

/** `carbon-patch sql`: the script that creates the databases, the users and the grants of a cluster. */
export const sql: Command<typeof options> = {
  name: 'sql',
  usage: '[--cluster FILE] [--node NAME]... [OPTION]...',
  summary: 'Print the script that creates databases, users and grants, and name the scripts that make the tables',
  examples: [
    ['$0 sql --cluster carbon-cluster.yaml', 'Look at it; passwords are not in it'],
    ['$0 sql --cluster carbon-cluster.yaml --show-secrets', 'With them, to be piped into mysql, psql or the like'],
    ['$0 sql --cluster carbon-cluster.yaml --node worker3', 'Only what this node needs'],
  ],
  options,
  run: async (args, io) => {
    const [{ findCluster }, { checkHomes }, { sqlScript }, { sqlOfCluster }, { shellWord }] = await Promise.all([
      import('../cluster-source'),
      import('../../plan/check-homes'),
      import('../../database/sql-script'),
      import('../sql-of-cluster'),
      import('../../text/shell-word'),
    ]);
    const { json, 'show-secrets': showSecrets = false } = args;
    const cluster = await findCluster(args, io, showSecrets ? 'required' : 'optional');
    const asked = sqlOfCluster(cluster, args);
    const { dialect, kind } = asked;
    const targets = (cluster?.topology.nodes ?? []).flatMap(({ name, home }) =>
      home === undefined ? [] : [{ name, home }],
    );
    const { nodes } = await checkHomes(targets, cluster?.topology);
    const { request, databases, tables } = asked.choose(nodes);
    const given = (['cluster', 'node', 'set', 'client-hosts'] as const).flatMap((name) =>
      [name === 'cluster' ? cluster?.path : args[name]]
        .flat()
        .flatMap((word) => (word === undefined ? [] : [`--${name}`, shellWord(word)])),
    );
    const words = ['carbon-patch', 'sql', ...given, '--show-secrets'];
    const commandWithSecrets = words.join(' ');
    const script = sqlScript(dialect, request, { tables, commandWithSecrets });
    if (json) {
      const { sqlJson } = await import('../../report/sql-json');
      const document = sqlJson({ kind, client: dialect.client, secretsMasked: !showSecrets, script }, databases);
      io.stdout.write(jsonText(document));
    } else io.stdout.write(script);
    if (!showSecrets) say(io, 'The passwords are not in this script; --show-secrets puts them in.');
    return exitCodes.done;
  },
};
