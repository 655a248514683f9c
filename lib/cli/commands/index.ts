import { registered, type AnyCommand } from '../command';
import { apply } from './apply';
import { check } from './check';
import { checkLog } from './check-log';
import { clone } from './clone';
import { diff } from './diff';
import { hosts } from './hosts';
import { init } from './init';
import { plan } from './plan';
import { ports } from './ports';
import { runbook } from './runbook';
import { show } from './show';
import { sql } from './sql';
import { undo } from './undo';

/** Every command of the program, in the order of its help. Register a new one by adding it here. */
export const commands: readonly AnyCommand[] = [
  registered(init),
  registered(apply),
  registered(diff),
  registered(plan),
  registered(undo),
  registered(check),
  registered(show),
  registered(ports),
  registered(runbook),
  registered(checkLog),
  registered(hosts),
  registered(clone),
  registered(sql),
];
