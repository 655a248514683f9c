import { isServerMadeBundle, kindOfDriverClass } from '../database/driver-jar';
import { isEmbeddedUrl } from '../database/database-kind';
import { databaseKindOfUrl, type DatabaseKindName } from '../database/kinds';
import type { CarbonHome } from './carbon-home';
import { settingOf, type DatasourceFacts } from './facts/datasource-facts';
import type { HomeFacts } from './facts/home-facts';

/** The folder that a server loads JDBC drivers from, relative to its home: `repository/components/lib`, in EI 6 `lib`. */
export function driverFolderOf({ confFolder }: Pick<CarbonHome, 'confFolder'>): string {
  return confFolder === 'conf' ? 'lib' : 'repository/components/lib';
}

/** A driver that a datasource needs; H2 comes with every home. */
export interface NeededDriver {
  readonly kind: DatabaseKindName;
  /** As written, or `undefined` where the datasource names none. */
  readonly className: string | undefined;
  /** The name of the first datasource that needs it. */
  readonly datasource: string;
}

/** The drivers that datasources need, each class once. The class decides, as one driver can take the URLs of another product. */
export function neededDrivers(datasources: readonly DatasourceFacts[]): readonly NeededDriver[] {
  const needed = datasources
    .filter(({ type }) => type === '' || type === 'RDBMS')
    .flatMap((datasource): readonly NeededDriver[] => {
      const url = settingOf(datasource, 'url')?.value ?? '';
      const className = settingOf(datasource, 'driverClassName')?.value || undefined;
      const kind = kindOfDriverClass(className) ?? databaseKindOfUrl(url);
      return kind === undefined || kind === 'h2' || isEmbeddedUrl(url)
        ? []
        : [{ kind, className, datasource: datasource.name.value }];
    });
  return needed.filter((one, index) => index === needed.findIndex((other) => isSame(one, other)));
}

function isSame(one: NeededDriver, other: NeededDriver): boolean {
  return one.kind === other.kind && one.className === other.className;
}

/** Where the jars of one driver are. */
export interface DriverPlaces {
  /** Names in the folder that drivers are loaded from. */
  readonly inPlace: readonly string[];
  /** Paths, relative to the home, of jars elsewhere that the server loads classes from too. */
  readonly loadedElsewhere: readonly string[];
  /** Paths, relative to the home, of jars that no class is loaded from. */
  readonly misplaced: readonly string[];
}

/** Where the jars of a driver are in a home, by their names. */
export function driverPlaces(
  home: Pick<CarbonHome, 'confFolder'>,
  jars: HomeFacts['jars'],
  driverJar: RegExp,
): DriverPlaces {
  const folder = driverFolderOf(home);
  const others = [...jars].flatMap(([other, names]) =>
    other === folder ? [] : names.map((name) => ({ folder: other, name })),
  );
  const loaded = others.filter((one) => isLoaded(one, driverJar));
  const misplaced = others.filter((one) => !loaded.includes(one) && driverJar.test(one.name));
  return {
    inPlace: (jars.get(folder) ?? []).filter((name) => driverJar.test(name)),
    loadedElsewhere: loaded.map(pathOf),
    misplaced: misplaced.map(pathOf),
  };
}

interface Jar {
  readonly folder: string;
  readonly name: string;
}

function pathOf({ folder, name }: Jar): string {
  return `${folder}/${name}`;
}

/** True for the bundle that a server made of this very jar; both have one version. */
export function isMadeOf(bundleName: string, jarName: string): boolean {
  return bundleName.replaceAll('_', '-').startsWith(`${jarName.replace(/\.jar$/i, '').replaceAll('_', '-')}-`);
}

/** Classes of these folders are on the path of the server too; in dropins those of bundles, which other jars are not. */
function isLoaded({ folder, name }: Jar, driverJar: RegExp): boolean {
  const isBundle = isServerMadeBundle(name, driverJar);
  if (dropinsFolders.includes(folder)) return isBundle;
  return loadedFolders.includes(folder) && (isBundle || driverJar.test(name));
}

const dropinsFolders = ['repository/components/dropins', 'dropins'];
const loadedFolders = ['repository/components/extensions', 'repository/components/plugins', 'wso2/components/plugins'];
