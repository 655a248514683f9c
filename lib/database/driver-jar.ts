import type { DatabaseKind } from './database-kind';
import { databaseKindNames, databaseKinds, type DatabaseKindName } from './kinds';

/** What is known of the content of a jar. */
export interface JarContents {
  /** The names of all entries, such as `com/mysql/cj/jdbc/Driver.class`. */
  readonly entries: ReadonlySet<string>;
  /** What the entries add up to once they are unpacked, in bytes, as the jar says. */
  readonly unpackedSize: number;
  /** The text of the manifest, or an empty string. */
  readonly manifest: string;
  /** The text of `META-INF/services/java.sql.Driver`, or an empty string. */
  readonly services: string;
}

/** The entries whose text is read. */
export const textEntries = {
  manifest: 'META-INF/MANIFEST.MF',
  services: 'META-INF/services/java.sql.Driver',
} as const;

/** True where the jar holds a class; `className` as Java writes it. */
export function holdsClass({ entries }: JarContents, className: string): boolean {
  return entries.has(`${className.trim().replaceAll('.', '/')}.class`);
}

/** The driver classes that a jar offers to `java.sql.DriverManager`; what a comment says does not count. */
export function offeredClasses({ services }: JarContents): readonly string[] {
  const names = services.split(/\r\n|\r|\n/).map((line) => line.replace(/#.*$/, '').trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** The database products that a jar is a driver of, by its name or by the classes in it. */
export function kindsOfJar(name: string, contents: JarContents | undefined): readonly DatabaseKindName[] {
  return databaseKindNames.filter((kind) => {
    const isHeld = contents !== undefined && classesOf(databaseKinds[kind]).some((one) => holdsClass(contents, one));
    return databaseKinds[kind].driverJar.test(name) || isHeld;
  });
}

/** The product of a driver class, or `undefined` where no product is known to have it. */
export function kindOfDriverClass(className: string | undefined): DatabaseKindName | undefined {
  return databaseKindNames.find(
    (kind) => className !== undefined && classesOf(databaseKinds[kind]).includes(className),
  );
}

function classesOf({ driverClassName, otherDriverClassNames = [] }: DatabaseKind): readonly string[] {
  return [driverClassName, ...otherDriverClassNames];
}

/** The name of the OSGi bundle that a manifest describes, or `undefined` where it describes none. */
export function bundleNameOf({ manifest }: JarContents): string | undefined {
  // A long line of a manifest goes on behind a line end and a blank.
  const [, name] = /^Bundle-SymbolicName:\s*([^;\r\n]+)/m.exec(manifest.replace(/\r?\n /g, '')) ?? [];
  return name?.trim();
}

/** True for a name that a server gives to the bundle which it makes of a jar: `x_1.2_1.0.0.jar` of `x-1.2.jar`. */
export function isServerMadeBundle(name: string, driverJar: RegExp): boolean {
  return !driverJar.test(name) && driverJar.test(name.replaceAll('_', '-'));
}
