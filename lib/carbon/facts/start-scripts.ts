/**
 * True for a script of the bin folder that starts the server: the one that every product has, and those of the profiles of
 * EI 6, which are known by what they run.
 */
export function startsServer(name: string, text: string): boolean {
  return /^wso2server\.(?:sh|bat)$/.test(name) || text.includes('org.wso2.carbon.bootstrap.Bootstrap');
}
