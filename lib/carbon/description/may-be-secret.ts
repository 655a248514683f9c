/** True for a name whose value must not be written where others read it; rather one too many than one too few. */
export function mayBeSecret(name: string): boolean {
  return /pass|pwd|pswd|secret|token|credential|private|key$/i.test(name);
}
