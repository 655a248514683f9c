import { edits } from './edits';
import { homes } from './homes';
import { large } from './large';
import type { Section } from './section';
import { startUp } from './start-up';
import { throughput } from './throughput';

/** Every section, in the order of docs/performance.md. Register a new one by adding it here, with a marked block there. */
export const sections = {
  'start-up': startUp,
  throughput,
  edits,
  homes,
  large,
} as const satisfies Readonly<Record<string, Section>>;

/** The name of a section, as it is given on the command line. */
export type SectionName = keyof typeof sections;

/** All of them, in order. */
export const sectionNames = Object.keys(sections) as readonly SectionName[];
