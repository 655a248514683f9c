import type { PatchOperation } from '../../patch/operations';
import type { FileRecipe, RecipeContext } from '../carbon-file';

/** Where carbon.xml of a manager names the ports of the load balancer before the workers, behind `Ports`. */
export const workerProxyPortNames = ['WorkerHttpProxyPort', 'WorkerHttpsProxyPort'] as const;

/**
 * The ports at which clients reach the workers, in carbon.xml of a manager that is not behind their load balancer. Carbon
 * knows them from 4.4.11 on and ships them in a comment; an older one never reads them, so there nothing is written.
 */
export function workerProxyPorts({ role, topology, document, carbonVersion }: RecipeContext): FileRecipe {
  const { workerProxyPorts: isWanted, httpPort, httpsPort } = topology.frontEnd;
  if (!isWanted || !role.servesConsole) return { operations: [], notes: [] };
  // Patches raise the version of the framework in place, so the file counts where it knows the name already.
  const isKnown = document.text.includes(workerProxyPortNames[0]) || isSince4411(carbonVersion);
  if (!isKnown) return { operations: [], notes: [tooOldNote] };
  const values = [httpPort, httpsPort];
  return { operations: workerProxyPortNames.flatMap((name, index) => setPort(name, String(values[index]))), notes: [] };
}

const tooOldNote =
  'WorkerHttpProxyPort and WorkerHttpsProxyPort were not set in carbon.xml: Carbon reads them from 4.4.11 on, and neither the version of this home nor its carbon.xml says that it does.';

function isSince4411(version: string | undefined): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number);
  const [major = 0, minor = 0, patch = 0] = parts ?? [];
  return major > 4 || (major === 4 && (minor > 4 || (minor === 4 && patch >= 11)));
}

function setPort(name: string, value: string): readonly PatchOperation[] {
  return [
    { op: 'ensureElement', at: '/Server/Ports', element: { name, text: value }, place: ['besideSample', 'last'] },
    { op: 'setText', at: `/Server/Ports/${name}`, value },
  ];
}
