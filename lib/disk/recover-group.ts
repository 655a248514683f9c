import { promises as fs } from 'node:fs';
import { CarbonPatchError } from '../errors';
import { originalsOf } from './backup';
import { type Home, inHome } from './home';
import { readJournal } from './journal';
import type { Group, GroupHome, Journal } from './journal-format';
import { withLocks } from './lock';
import { isOpen, type OpenJournal } from './open-journal';
import { recoverAlone } from './recover-alone';
import { recoverTogether } from './recover-together';
import type { Recovery } from './settle';
import { stateFolderName, sweepStateFolder } from './state-folder';
import { problemOf, systemCode } from './system-error';

/**
 * Brings all homes of the unfinished group that `entry` takes part in to one side, as the journal of the coordinator says.
 * Both are true paths; the coordinator is the one that the journal of `entry`, or a lock left in it, names.
 * Gives what was done in each home; nothing where nothing is unfinished, or where that changed meanwhile and the caller has
 * to look again. Takes the locks of all homes. Throws as `recover` does.
 */
export async function recoverGroup(entry: string, coordinator: string): Promise<ReadonlyMap<string, Recovery>> {
  const seen = await situationOf(entry, coordinator);
  if (!seen) return new Map();
  const homes = await lockableHomes(entry, seen);
  return withLocks(homes.map(asHome), seen.coordinator, async () => {
    const found = await situationOf(entry, coordinator);
    const recoveries = found ? await recoverSituation(entry, seen, found, homes) : new Map<string, Recovery>();
    // Also those that were closed already: that they are to be swept is known from locks that are gone now.
    for (const home of homes) await sweep(home);
    return recoveries;
  });
}

async function recoverSituation(
  entry: string,
  seen: Situation,
  found: Situation,
  locked: readonly string[],
): Promise<ReadonlyMap<string, Recovery>> {
  if (found.is === 'open' && seen.is === 'open' && found.group.id === seen.group.id) {
    return recoverTogether(asHome(found.coordinator), found.journal, found.homes, new Set(locked));
  }
  if (found.is === 'closed' && seen.is === 'closed' && !found.decider === !seen.decider) {
    return new Map([[entry, await recoverAlone(asHome(entry), found.journal, found.group, found.decider)]]);
  }
  return new Map();
}

async function sweep(home: string): Promise<void> {
  const { transaction, applies } = await journalOf(home);
  if (!transaction) await sweepStateFolder(home, new Set(applies.map(originalsOf)));
}

/** How the group of a home stands. */
type Situation =
  | {
      /** The coordinator is still at it. */
      readonly is: 'open';
      readonly coordinator: string;
      readonly group: Group;
      readonly journal: OpenJournal;
      readonly homes: readonly GroupHome[];
    }
  | {
      /** Only the home itself is still at it. */
      readonly is: 'closed';
      readonly coordinator: string;
      readonly group: Group;
      readonly journal: OpenJournal;
      /** What the coordinator says now; missing where it is not there. */
      readonly decider: Journal | undefined;
    };

async function situationOf(entry: string, named: string): Promise<Situation | undefined> {
  const own = await journalOf(entry);
  // First, so that a coordinator is found also where it was moved.
  const asCoordinator = openGroupOf(entry, own);
  if (asCoordinator) return asCoordinator;
  const group = own.transaction?.group;
  const coordinator = group?.coordinator.home ?? named;
  const decider = (await isThere(coordinator)) ? await journalOf(coordinator) : undefined;
  const open = decider && openGroupOf(coordinator, decider);
  if (open && (group ? open.group.id === group.id : open.homes.some(({ home }) => home === entry))) return open;
  return group && isOpen(own) ? { is: 'closed', coordinator, group, journal: own, decider } : undefined;
}

function openGroupOf(coordinator: string, journal: Journal): (Situation & { readonly is: 'open' }) | undefined {
  if (!isOpen(journal)) return undefined;
  const { group } = journal.transaction;
  return group?.homes && { is: 'open', coordinator, group, journal, homes: group.homes };
}

/** The homes that take part and are there. */
async function lockableHomes(entry: string, situation: Situation): Promise<readonly string[]> {
  const { coordinator } = situation;
  const others = situation.is === 'open' ? situation.homes.slice(1).map(({ home }) => home) : [];
  const homes = new Set([entry]);
  for (const home of [coordinator, ...others]) if (await isThere(home)) homes.add(home);
  return [...homes];
}

/**
 * False where nothing is at this path, and also for an empty folder: that is what the place of a home looks like while its
 * disk is not mounted, and no home that was ever written to is empty.
 */
async function isThere(home: string): Promise<boolean> {
  try {
    return (await fs.readdir(home)).some((name) => name !== stateFolderName);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return false;
    throw new CarbonPatchError('FILE_UNREADABLE', { path: home, problem: problemOf(error) }, { cause: error });
  }
}

function asHome(path: string): Home {
  return { path, prefix: path };
}

function journalOf(home: string): Promise<Journal> {
  return inHome(asHome(home), () => readJournal(home));
}
