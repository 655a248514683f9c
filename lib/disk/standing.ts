import { isStaged, stateOf } from './file-state';
import { inHome, nameIn } from './home';
import type { Member } from './member';
import { orWriteFailed } from './system-error';

/** How far a home came: every target is replaced; or the rest can be replaced; or, by the files named in `stuck`, cannot. */
export type Standing = { readonly is: 'replaced' | 'ready' } | { readonly is: 'stuck'; readonly file: string };

/** How far a home came whose journal says that targets may be replaced, read from the disk. Throws WRITE_FAILED or JOURNAL_DAMAGED. */
export async function standingOf(member: Member): Promise<Standing> {
  const { transaction } = member.journal();
  let is: 'replaced' | 'ready' = 'replaced';
  for (const file of transaction.files) {
    const state = await inHome(member, () => orWriteFailed(file.path, () => stateOf(member.path, transaction, file)));
    if (state === 'after') continue;
    is = 'ready';
    const isReady =
      state !== 'changed' && (await inHome(member, () => orWriteFailed(file.path, () => isStaged(member.path, file))));
    if (!isReady) return { is: 'stuck', file: nameIn(member, file.path) };
  }
  return { is };
}
