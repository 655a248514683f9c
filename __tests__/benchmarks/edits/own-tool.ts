import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { chooseNode } from '../../../lib/cluster/overrides';
import { exampleCluster } from '../../../lib/cluster/example-cluster';
import { patchDocument } from '../../../lib/patch/patch-document';
import type { PatchOperation } from '../../../lib/patch/operations';
import { patchBytes } from '../../../lib/patch/patch-text';
import { makePlan } from '../../../lib/plan/make-plan';
import { openHome } from '../../../lib/plan/open-home';
import { diffBytes } from '../../../lib/report/unified-diff';
import { encodeText } from '../../../lib/text/encoding';
import { parseBytes } from '../../../lib/xml/document';
import { editedFiles, xpathOf, type WantedEdit } from './wanted-edits';

/** The files of a home by their path, as a tool leaves them. */
export type EditedHome = ReadonlyMap<string, Uint8Array>;

const wanted = editedFiles.map(({ path, edits }) => ({ path, operations: edits.map(operationOf) }));

function operationOf({ at, set, value }: WantedEdit): PatchOperation {
  if (set === 'text') return { op: 'setText', at: xpathOf(at), value };
  if ('attribute' in set) return { op: 'setAttribute', at: xpathOf(at), name: set.attribute, value };
  const place = [{ after: at.at(-1)?.name ?? '' }];
  return {
    op: 'ensureElement',
    at: xpathOf(at.slice(0, -1)),
    element: { name: set.newElementBehind, text: value },
    place,
  };
}

/** Patches and verifies each file. */
export function patchHome(home: string): EditedHome {
  return new Map(
    wanted.map(({ path, operations }) => {
      const { bytes } = patchBytes(readFileSync(posix.join(home, path)), operations, { path });
      return [path, bytes] as const;
    }),
  );
}

/** Patches and verifies each file, and makes its diff. */
export function patchHomeWithDiff(home: string): EditedHome {
  return new Map(
    wanted.map(({ path, operations }) => {
      const document = parseBytes(readFileSync(posix.join(home, path)), path);
      const { result, edits, changes } = patchDocument(document, operations);
      const { encoding, byteOrderMark, text } = document;
      diffBytes({ path, encoding, byteOrderMark, baseDigest: '', text, edits, changes }, {});
      return [path, encodeText(result, path)] as const;
    }),
  );
}

/** Recognises the home, plans all that makes it a worker, verifies that, and makes the diff of each file. */
export async function planRecipe(home: string): Promise<EditedHome> {
  const { topology, node } = chooseNode(exampleCluster, 'worker');
  const plan = await makePlan(await openHome(home), topology, node.name);
  return new Map(plan.patches.map((patch) => [patch.path, diffBytes(patch, {})] as const));
}
