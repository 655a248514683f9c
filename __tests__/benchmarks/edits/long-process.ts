import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, stdout } from 'node:process';
import { patchHome, patchHomeWithDiff, planRecipe, type EditedHome } from './own-tool';
import { editWithXmldom } from './xmldom-tool';

// One long process that edits a home again and again: TOOL HOME OUT SECONDS. Writes the files of the first time into OUT,
// and prints how many homes it made, and the CPU time, once it was warm.

const tools: Readonly<Record<string, (home: string) => EditedHome | Promise<EditedHome>>> = {
  patch: patchHome,
  'patch-and-diff': patchHomeWithDiff,
  recipe: planRecipe,
  xmldom: editWithXmldom,
};

const [, , name = '', home = '', out = '', seconds = '0'] = argv;

async function main(): Promise<void> {
  const tool = tools[name];
  if (tool === undefined) throw new Error(`there is no tool ${name}`);
  for (const [path, bytes] of await tool(home)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), bytes);
  }
  await homesIn(Number(seconds) / 2, () => tool(home));
  stdout.write(JSON.stringify(await homesIn(Number(seconds), () => tool(home))));
}

/** Does some work again and again for so many seconds of CPU time, once at the least. */
async function homesIn(
  wanted: number,
  work: () => unknown,
): Promise<{ readonly homes: number; readonly cpuSeconds: number }> {
  const start = process.cpuUsage();
  for (let homes = 1; ; homes += 1) {
    await work();
    const { user, system } = process.cpuUsage(start);
    const cpuSeconds = (user + system) / 1e6;
    if (cpuSeconds >= wanted) return { homes, cpuSeconds };
  }
}

void main();
