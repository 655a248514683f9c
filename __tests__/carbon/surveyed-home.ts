import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CarbonHome } from '../../lib/carbon/carbon-home';
import type { HomeFacts } from '../../lib/carbon/facts/home-facts';
import { surveyHome } from '../../lib/plan/survey-home';
import { makeFolder } from '../disk/temporary-home';

const unknownHome: Omit<CarbonHome, 'path'> = {
  confFolder: 'repository/conf',
  profile: undefined,
  productName: undefined,
  productVersion: undefined,
  carbonVersion: undefined,
  clusteringClass: undefined,
  isLoadBalancer: false,
  hasBeenStarted: false,
};

/** The facts of a home with these files: those of the conf folder by their path below it, scripts as `bin/…`. */
export async function surveyedHome(
  files: Readonly<Record<string, string | undefined>>,
  home: Partial<CarbonHome> = {},
): Promise<HomeFacts> {
  const path = makeFolder();
  const { confFolder } = { ...unknownHome, ...home };
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue;
    const file = join(path, name.startsWith('bin/') ? name : join(confFolder, name));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return surveyHome({ ...unknownHome, ...home, path });
}

/** A carbon.xml of a product with this content of its `Server`. */
export function carbonXml(serverKey: string, content = '', version = '1.0.0'): string {
  return `<Server xmlns="http://wso2.org/projects/carbon/carbon.xml">
  <ServerKey>${serverKey}</ServerKey>
  <Version>${version}</Version>
  ${content}
</Server>
`;
}
