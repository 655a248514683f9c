import type { CheckedNode } from './checked-cluster';

/** The names of nodes for a sentence: `worker1`, `worker1 and worker2`, `worker1, worker2 and worker3`; of many the first few. */
export function nameNodes(nodes: readonly CheckedNode[]): string {
  return listWords([...new Set(nodes.map(({ name }) => name))], 'more');
}

/** Words for a sentence, as `nameNodes` has them; `more` says what those are that are left out. */
export function listWords(words: readonly string[], more: string): string {
  const shown =
    words.length > mostShown ? [...words.slice(0, mostShown - 1), `${words.length - mostShown + 1} ${more}`] : words;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

const mostShown = 8;
