import { disagreement, type Claim } from '../disagreement';
import { appNodes } from '../app-nodes';
import type { CheckedNode } from '../checked-cluster';
import { nameNodes } from '../name-nodes';
import { placeOf } from '../place-of';
import type { Rule } from '../rule';
import { scriptOption, startScriptOf } from '../start-script';

/** Nodes live in one time. */
export const oneTimeZone: Rule = {
  title: 'Start scripts do not give the nodes different time zones; clocks cannot be seen from here.',
  why: 'Nodes in different times disagree about what is newer and what has expired: tokens, sessions, scheduled tasks.',
  severities: ['warning', 'info'],
  evaluate: (cluster) => {
    const nodes = appNodes(cluster);
    if (nodes.length < 2) return [];
    const claims = nodes.flatMap(claimOf);
    const different = disagreement(claims, undefined);
    if (different !== undefined) {
      return [
        {
          severity: 'warning',
          nodes: different.odd.map(({ node }) => node),
          place: different.odd[0].place,
          what: `the time zone of the start script ${different.what}`,
          fix: 'set the same -Duser.timezone in the start script of every node, or none',
        },
      ];
    }
    const stated = nameNodes(claims.map(({ node }) => node));
    const isPartly = claims.length > 0 && claims.length < nodes.length;
    return [
      {
        severity: 'info',
        nodes: [],
        place: undefined,
        what: `clocks and time zones of the machines cannot be seen from their files${isPartly ? `; only the start script of ${stated} sets a time zone, ${claims[0]?.shown}` : ''}`,
        fix: 'keep the clocks of all machines together with NTP, and give them one time zone',
      },
    ];
  },
};

/** The option of Java wins over the variable of the shell. */
function claimOf(node: CheckedNode): readonly Claim[] {
  const script = startScriptOf(node.facts);
  const zone = script && (scriptOption(script, '-Duser.timezone=') ?? scriptOption(script, 'TZ='));
  if (zone === undefined || zone.value === '' || zone.value.includes('$')) return [];
  return [{ node, key: zone.value, shown: zone.value, place: placeOf(zone) }];
}
