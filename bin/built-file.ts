import { readFileSync, statSync } from 'node:fs';

/**
 * The bytes of a file that the build makes of the modules when they are compiled. Undefined where it is not there, cannot be
 * read, or is older than the modules, as after a run of the compiler alone: everything works without it, only slower.
 */
export function builtFile(path: string): Buffer | undefined {
  try {
    // The compiler writes this module anew each time.
    return statSync(path).mtimeMs < statSync(__filename).mtimeMs ? undefined : readFileSync(path);
  } catch {
    return undefined;
  }
}
