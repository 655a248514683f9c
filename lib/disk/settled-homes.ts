import { type Home, inHome, truePathOf } from './home';
import { readJournal } from './journal';
import type { Journal } from './journal-format';
import { type AbandonedHome, withLocks } from './lock';
import { eachOf, type NonEmpty } from './non-empty';
import { recoverGroup } from './recover-group';
import { type Recovery, settle, type SettledHome } from './settle';

/**
 * What `work` gives, done while no other run works on these homes, and after what killed runs left in them was put in order.
 * The first home is the one that decides for all. Throws as `withLocks` and `recover` do.
 */
export async function withSettledHomes<Place extends Home, Result>(
  homes: NonEmpty<Place>,
  work: (settled: NonEmpty<SettledHome<Place>>) => Promise<Result>,
): Promise<Result> {
  const recoveries = new Map<Home, Recovery>();
  for (;;) {
    const visit = await withLocks(homes, homes.length > 1 ? homes[0].path : undefined, async (abandoned) => {
      const journals = await readJournals(homes);
      const ties = [...tiesOf(homes, journals), ...abandoned];
      if (ties.length > 0) return { ties };
      return { result: await work(await settleAll(homes, journals, recoveries)) };
    });
    if ('result' in visit) return visit.result;
    // With other locks, as the homes that such a run worked on need not be these.
    await recoverGroups(visit.ties, recoveries);
  }
}

async function readJournals(homes: readonly Home[]): Promise<ReadonlyMap<Home, Journal>> {
  const journals = new Map<Home, Journal>();
  for (const home of homes) journals.set(home, await inHome(home, () => readJournal(home.path)));
  return journals;
}

/** The homes in which a transaction of a group is under way. */
function tiesOf(homes: readonly Home[], journals: ReadonlyMap<Home, Journal>): readonly AbandonedHome[] {
  return homes.flatMap((home) => {
    const coordinator = journals.get(home)?.transaction?.group?.coordinator.home;
    return coordinator === undefined ? [] : [{ home, coordinator }];
  });
}

async function recoverGroups(ties: readonly AbandonedHome[], recoveries: Map<Home, Recovery>): Promise<void> {
  const done = new Map<string, Recovery>();
  for (const { home, coordinator } of ties) {
    const path = await truePathOf(home.path);
    if (!done.has(path)) {
      for (const [member, recovery] of await recoverGroup(path, coordinator)) done.set(member, recovery);
    }
    const recovery = done.get(path);
    if (recovery) recoveries.set(home, recovery);
  }
}

function settleAll<Place extends Home>(
  homes: NonEmpty<Place>,
  journals: ReadonlyMap<Home, Journal>,
  recoveries: ReadonlyMap<Home, Recovery>,
): Promise<NonEmpty<SettledHome<Place>>> {
  return eachOf(homes, async (home) => {
    const settled = await settle(home, journals.get(home) ?? (await readJournal(home.path)));
    const earlier = recoveries.get(home);
    return settled.recovery.outcome === 'nothing' && earlier ? { ...settled, recovery: earlier } : settled;
  });
}
