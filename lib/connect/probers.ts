import type { DatabaseKindName } from '../database/kinds';
import { mysqlProber } from './mysql-prober';
import { postgresqlProber } from './postgresql-prober';
import type { DatabaseProber } from './prober';

/** The products whose databases can be opened. Register a new one by adding it here. */
export const probers: Readonly<Partial<Record<DatabaseKindName, DatabaseProber>>> = {
  mysql: mysqlProber,
  mariadb: mysqlProber,
  postgresql: postgresqlProber,
};
