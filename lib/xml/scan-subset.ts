import { spaceEnd } from './characters';
import { scanComment, scanInstruction } from './scan-markup';
import type { AttributeDeclaration } from './scan-attribute-declaration';
import { scanAttributeDeclaration } from './scan-attribute-declaration';
import { scanNotationDeclaration } from './scan-declaration';
import { scanElementDeclaration } from './scan-element-declaration';
import type { Entity } from './scan-entity';
import type { EntityDeclaration } from './scan-entity-declaration';
import { scanEntityDeclaration } from './scan-entity-declaration';
import type { EntityReference, OnReference } from './scan-reference';
import { scanEntityName } from './scan-reference';
import type { Source } from './scan-source';
import { fileOffset, foundAt, malformed } from './scan-source';

/** What an internal subset declares; filled while it is scanned. */
export interface Subset {
  readonly isStandalone: boolean;
  readonly general: Map<string, Entity>;
  readonly parameter: Map<string, EntityDeclaration>;
  /** Parameter entities that are being read, or were; reading them a second time would declare nothing new. */
  readonly included: Map<string, 'open' | 'done'>;
  readonly defaults: DefaultReference[];
  /** By the name of the element, then by that of the attribute. */
  readonly attributes: Map<string, Map<string, AttributeDeclaration>>;
  hasParameterReference: boolean;
  /** True after the first reference to a parameter entity that is not read. */
  hasUnreadPart: boolean;
}

/** A reference in the default value of an attribute, which must follow the declaration of the entity. */
export interface DefaultReference {
  readonly reference: EntityReference;
  readonly isDeclaredBefore: boolean;
}

/** An empty subset, to be filled by `scanSubset`. */
export function emptySubset(isStandalone: boolean): Subset {
  return {
    isStandalone,
    general: new Map(),
    parameter: new Map(),
    included: new Map(),
    defaults: [],
    attributes: new Map(),
    hasParameterReference: false,
    hasUnreadPart: false,
  };
}

/** Fills `subset` from the internal subset whose `[` stands at `start`; gives the offset after its `]`. */
export function scanSubset(source: Source, start: number, subset: Subset): number {
  // Parameter entities lie on a stack of their own, as they may be nested deeper than the call stack is.
  const inputs: Input[] = [{ source, name: undefined, position: start + 1 }];
  for (let input = inputs.at(-1); input; input = inputs.at(-1)) {
    const { text } = input.source;
    input.position = spaceEnd(text, input.position);
    const character = text.charAt(input.position);
    if (character === '<') input.position = scanDeclaration(input.source, input.position, subset);
    else if (character === '%') include(inputs, input, subset);
    else if (character === ']' && input.name === undefined) return input.position + 1;
    else if (character === '' && input.name !== undefined) close(inputs, input.name, subset);
    else throw strayInSubset(input, start);
  }
  return start;
}

/** A text that is being read as declarations: the file, or a parameter entity. */
interface Input {
  readonly source: Source;
  readonly name: string | undefined;
  position: number;
}

function close(inputs: Input[], name: string, subset: Subset): void {
  inputs.pop();
  subset.included.set(name, 'done');
}

function strayInSubset({ source, position }: Input, start: number): Error {
  if (position >= source.text.length)
    return malformed(source, start, "the '[' of the DOCTYPE is never closed with ']'");
  return malformed(
    source,
    position,
    `${foundAt(source, position)} in the DOCTYPE, where a declaration or ']' must follow`,
  );
}

/** Reads the parameter entity that is referred to at the position of `input`, or notes that it is not read. */
function include(inputs: Input[], input: Input, subset: Subset): void {
  const { source, position } = input;
  input.position = scanEntityName(source, position);
  const name = source.text.slice(position + 1, input.position - 1);
  subset.hasParameterReference = true;
  const entity = subset.parameter.get(name);
  if (!entity && subset.isStandalone && !source.entity) {
    throw malformed(source, position, `parameter entity ${name} is not declared`);
  }
  if (entity?.kind !== 'internal') {
    subset.hasUnreadPart = true;
    return;
  }
  const state = subset.included.get(name);
  if (state === 'open') throw malformed(source, position, `parameter entity ${name} refers to itself`);
  if (state === 'done') return;
  subset.included.set(name, 'open');
  const place = { name: `parameter entity ${name}`, offset: fileOffset(source, position) };
  inputs.push({ source: { text: entity.replacement, file: source.file, entity: place }, name, position: 0 });
}

function scanDeclaration(source: Source, start: number, subset: Subset): number {
  const { text } = source;
  if (text.startsWith('<!--', start)) return scanComment(source, start);
  if (text.startsWith('<?', start)) return scanInstruction(source, start);
  if (text.startsWith('<!ENTITY', start)) return declareEntity(source, scanEntityDeclaration(source, start), subset);
  if (text.startsWith('<!ELEMENT', start)) return scanElementDeclaration(source, start);
  if (text.startsWith('<!NOTATION', start)) return scanNotationDeclaration(source, start);
  if (text.startsWith('<!ATTLIST', start)) {
    const onReference: OnReference = (reference) => {
      if (isTaken(subset)) subset.defaults.push({ reference, isDeclaredBefore: subset.general.has(reference.name) });
    };
    return scanAttributeDeclaration(source, start, onReference, (declaration) => declareAttribute(declaration, subset));
  }
  if (text.startsWith('<![', start))
    throw malformed(source, start, 'a conditional section, which only an external subset may hold');
  throw malformed(source, start, "'<' that begins no declaration, comment or processing instruction");
}

/** False for entity and attribute declarations after a part that is not read, as that may have overridden them. */
function isTaken(subset: Subset): boolean {
  return subset.isStandalone || !subset.hasUnreadPart;
}

/** Takes the first declaration of each attribute, as XML 1.0 asks. */
function declareAttribute(declaration: AttributeDeclaration, subset: Subset): void {
  if (!isTaken(subset)) return;
  const { element, name } = declaration;
  const known = subset.attributes.get(element) ?? new Map<string, AttributeDeclaration>();
  if (!known.has(name)) subset.attributes.set(element, known.set(name, declaration));
}

/** Takes the first declaration of each entity, as XML 1.0 asks. */
function declareEntity(source: Source, declaration: EntityDeclaration, subset: Subset): number {
  const { name, kind, replacement, isParameterEntity, end } = declaration;
  if (!isTaken(subset)) return end;
  if (isParameterEntity) {
    if (!subset.parameter.has(name)) subset.parameter.set(name, declaration);
    return end;
  }
  if (subset.general.has(name)) return end;
  const rest = {
    name,
    offset: fileOffset(source, declaration.value),
    isFromParameterEntity: source.entity !== undefined,
  };
  subset.general.set(name, kind === 'internal' ? { kind, replacement, ...rest } : { kind, ...rest });
  return end;
}
