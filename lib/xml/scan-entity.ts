import { scanContent } from './scan-content';
import type { EntityReference, OnReference, ReferenceContext } from './scan-reference';
import { scanReference } from './scan-reference';
import type { Source } from './scan-source';
import { malformed } from './scan-source';

/** A general entity as the internal subset declares it. */
export type Entity = InternalEntity | OutsideEntity;

/** An entity whose value is written in its declaration. */
export interface InternalEntity {
  readonly kind: 'internal';
  readonly name: string;
  /** The literal value with character references expanded and line ends made LF. */
  readonly replacement: string;
  /** The offset of the declaration in the file. */
  readonly offset: number;
  readonly isFromParameterEntity: boolean;
}

/** An entity whose value lies outside the file and is never read; `unparsed` where it is no XML. */
export interface OutsideEntity {
  readonly kind: 'external' | 'unparsed';
  readonly name: string;
  readonly offset: number;
  readonly isFromParameterEntity: boolean;
}

/** All that the rules about general entities depend on. */
export interface EntityRules {
  readonly file: Source['file'];
  readonly entities: ReadonlyMap<string, Entity>;
  /** True where a declaration may lie in a part of the document type that is not read, so that none can be missed. */
  readonly mayBeElsewhere: boolean;
  readonly isStandalone: boolean;
}

/**
 * The check of references to general entities. It throws NOT_WELL_FORMED where the entity is undeclared, recursive, not
 * allowed at that place, or has replacement text that is not well-formed.
 * Each replacement text is looked at once for content and once for attributes, and is never put in place of its
 * references, so that entities which multiply each other cost no more than their declarations.
 */
export function entityCheck(rules: EntityRules): OnReference {
  const progress: Progress = { content: new Map(), attribute: new Map() };
  return (reference) => {
    const first = enter(rules, progress, reference, undefined);
    // A loop with a stack of its own, as chains of entities may be longer than the call stack is deep.
    const visits = first ? [first] : [];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const next = visit.references[visit.next++];
      if (!next) {
        progress[visit.context].set(visit.name, 'done');
        visits.pop();
        continue;
      }
      const entered = enter(rules, progress, next, visit.name);
      if (entered) visits.push(entered);
    }
  };
}

/** How far the entities are checked, by name; those that are 'open' are on the way to the reference in hand. */
type Progress = Readonly<Record<ReferenceContext, Map<string, 'open' | 'done'>>>;

interface Visit {
  readonly name: string;
  readonly context: ReferenceContext;
  readonly references: readonly EntityReference[];
  next: number;
}

/** Checks one reference without following those in its replacement text; undefined where nothing is left to follow. */
function enter(
  rules: EntityRules,
  progress: Progress,
  reference: EntityReference,
  referrer: string | undefined,
): Visit | undefined {
  const { name, context } = reference;
  const entity = usableEntity(rules, reference);
  if (!entity) return undefined;
  const state = progress[context].get(name);
  if (state === 'done') return undefined;
  if (state === 'open') {
    const way = referrer === undefined || referrer === name ? '' : `, by way of entity ${referrer}`;
    throw malformed(reference.source, reference.offset, `entity ${name} refers to itself${way}`);
  }
  progress[context].set(name, 'open');
  const references: EntityReference[] = [];
  const source: Source = {
    text: entity.replacement,
    file: rules.file,
    entity: { name: `the replacement text of entity ${name}`, offset: entity.offset },
  };
  if (context === 'content') scanContent(source, (inner) => references.push(inner));
  else scanAttributeText(source, reference, (inner) => references.push(inner));
  return { name, context, references, next: 0 };
}

/** The internal entity that is meant; undefined where it lies outside the file and may be referred to all the same. */
function usableEntity(
  rules: EntityRules,
  { name, context, source, offset }: EntityReference,
): InternalEntity | undefined {
  const entity = rules.entities.get(name);
  if (!entity) {
    if (rules.mayBeElsewhere) return undefined;
    throw malformed(source, offset, `entity ${name} is not declared`);
  }
  if (rules.isStandalone && entity.isFromParameterEntity) {
    throw malformed(
      source,
      offset,
      `entity ${name} is declared by a parameter entity, though the file says standalone="yes"`,
    );
  }
  if (entity.kind === 'unparsed') {
    throw malformed(source, offset, `entity ${name} is not XML (NDATA), so that no reference can stand for it`);
  }
  if (entity.kind === 'internal') return entity;
  if (context === 'content') return undefined;
  throw malformed(source, offset, `external entity ${name} in the value of an attribute`);
}

function scanAttributeText(source: Source, reference: EntityReference, onReference: OnReference): void {
  const { text } = source;
  if (text.includes('<')) {
    const problem = `entity ${reference.name} in the value of an attribute, though its replacement text holds '<'`;
    throw malformed(reference.source, reference.offset, problem);
  }
  for (let position = text.indexOf('&'); position !== -1; position = text.indexOf('&', position)) {
    position = scanReference(source, position, 'attribute', onReference);
  }
}
