import { spaceEnd } from './characters';
import type { AttributeDeclaration } from './scan-attribute-declaration';
import { requireName, requireSpace, scanExternalId, unexpected } from './scan-declaration';
import type { EntityRules } from './scan-entity';
import { entityCheck } from './scan-entity';
import type { OnReference } from './scan-reference';
import { predefinedEntities } from './scan-reference';
import type { Source } from './scan-source';
import { malformed } from './scan-source';
import type { Subset } from './scan-subset';
import { emptySubset, scanSubset } from './scan-subset';

/** What a document type declaration means for the rest of the file. */
export interface Doctype {
  readonly end: number;
  /** The internal general entities, the predefined ones left out, with their replacement texts. */
  readonly entities: ReadonlyMap<string, string>;
  /** What it says of attributes, by the name of the element, then by that of the attribute. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, AttributeDeclaration>>;
  /** Throws NOT_WELL_FORMED where an entity cannot be referred to at that place. */
  readonly useEntity: OnReference;
}

/**
 * The document type declaration at `start`, where `<!DOCTYPE` stands, with its internal subset.
 * The external subset and external parameter entities are not read; as XML 1.0 asks of a processor that does not read
 * them, entities declared after the first reference to such a parameter entity are not taken, unless the file is standalone.
 */
export function scanDoctype(source: Source, start: number, isStandalone: boolean): Doctype {
  const { text } = source;
  const name = requireSpace(source, start + '<!DOCTYPE'.length, '<!DOCTYPE');
  const endOfName = requireName(source, name, 'the name of the root element', 'qualified');
  const id = spaceEnd(text, endOfName);
  const endOfId = id === endOfName ? id : scanExternalId(source, id, 'entity');
  const subset = emptySubset(isStandalone);
  let position = spaceEnd(text, endOfId);
  if (text.charAt(position) === '[') position = spaceEnd(text, scanSubset(source, position, subset));
  if (text.charAt(position) !== '>') throw unexpected(source, position, "in the DOCTYPE, where '>' must end it");
  const mayBeElsewhere = !isStandalone && (endOfId > id || subset.hasParameterReference);
  const rules = { file: source.file, entities: subset.general, mayBeElsewhere, isStandalone };
  const useEntity = entityCheck(rules);
  checkDefaults(subset, rules, useEntity);
  return { end: position + 1, entities: replacements(subset), attributes: subset.attributes, useEntity };
}

function checkDefaults(subset: Subset, rules: EntityRules, useEntity: OnReference): void {
  // What a parameter entity refers to may be declared by any other, even where the file says that it is standalone.
  const useFromParameterEntity = entityCheck({ ...rules, mayBeElsewhere: true, isStandalone: false });
  for (const { reference, isDeclaredBefore } of subset.defaults) {
    const isFromFile = reference.source.entity === undefined;
    const isLate = !isDeclaredBefore && subset.general.has(reference.name);
    if (!isLate) {
      (isFromFile ? useEntity : useFromParameterEntity)(reference);
    } else if (isFromFile && !rules.mayBeElsewhere) {
      const problem = `entity ${reference.name} in the default value of an attribute before its declaration`;
      throw malformed(reference.source, reference.offset, problem);
    }
  }
}

function replacements(subset: Subset): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const [name, entity] of subset.general) {
    if (entity.kind === 'internal' && !predefinedEntities.has(name)) result.set(name, entity.replacement);
  }
  return result;
}
