import { posix } from 'node:path';
import { effectivePorts } from '../carbon/effective-ports';
import { scriptOption, startScriptOf } from '../check/start-script';
import { isCarbonPatchError } from '../errors';
import type { ClusterTopology } from '../cluster/topology';
import type { StartFacts } from '../runbook/start-facts';
import { openHome } from './open-home';
import { selectNodes, type NodeHome } from './select-nodes';
import { surveyHome } from './survey-home';

/** How the nodes on this machine are started, by their names; a home that cannot be opened is left out. */
export async function startFactsHere(
  topology: ClusterTopology,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, StartFacts>> {
  const facts = new Map<string, StartFacts>();
  for (const { node, home } of await nodesHere(topology, addresses)) {
    const found = await startFactsOf(home);
    if (found !== undefined) facts.set(node.name, found);
  }
  return facts;
}

/** None where no home is here, or nothing tells which of them is. */
async function nodesHere(topology: ClusterTopology, addresses: readonly string[]): Promise<readonly NodeHome[]> {
  try {
    return (await selectNodes(topology, [], addresses)).nodes;
  } catch (error) {
    if (isCarbonPatchError(error, 'NODE_CHOICE_UNCLEAR')) return [];
    throw error;
  }
}

async function startFactsOf(path: string): Promise<StartFacts | undefined> {
  try {
    const facts = await surveyHome(await openHome(path));
    const { profile, confFolder, hasBeenStarted } = facts.home;
    const script = startScriptOf(facts);
    const usual = confFolder === 'conf' ? 'bin/integrator.sh' : 'bin/wso2server.sh';
    return {
      // The other profiles of EI 6 are started from the bin folder of the integrator.
      script: posix.join(path, profile === undefined ? shellScript(script?.path ?? usual) : `../../bin/${profile}.sh`),
      isWorkerByScript: script !== undefined && scriptOption(script, '-DworkerNode=')?.value === 'true',
      hasBeenStarted,
      listensLow: effectivePorts(facts).some(({ port }) => port < lowest),
    };
  } catch (error) {
    if (isCarbonPatchError(error, 'HOME_NOT_FOUND') || isCarbonPatchError(error, 'HOME_GENERATED')) return undefined;
    throw error;
  }
}

/** A home with the scripts for Windows only was unpacked there; the runbook is for a POSIX shell. */
function shellScript(path: string): string {
  return path.replace(/\.bat$/, '.sh');
}

/** Ports below need root on Linux. */
const lowest = 1024;
