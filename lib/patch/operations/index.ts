import type { OperationKind } from '../operation';
import { commentOut } from './comment-out';
import { ensureElement } from './ensure-element';
import { removeAttribute } from './remove-attribute';
import { removeElement } from './remove-element';
import { replaceChildren } from './replace-children';
import { setAttribute } from './set-attribute';
import { setText } from './set-text';
import { uncomment } from './uncomment';

/** Every operation this library knows. Register a new one by adding it here. */
export const operations = {
  setText,
  setAttribute,
  removeAttribute,
  ensureElement,
  replaceChildren,
  removeElement,
  commentOut,
  uncomment,
};

/** The name of an operation, as in `{ op: 'setText', … }`. */
export type OperationName = keyof typeof operations;

type ArgumentsOf<Kind> = Kind extends OperationKind<infer Arguments> ? Arguments : never;

/** `{ op: 'setText', at, value } | { op: 'setAttribute', at, name, value } | …`, derived from the registry. */
export type PatchOperation = {
  [Op in OperationName]: { readonly op: Op } & Readonly<ArgumentsOf<(typeof operations)[Op]>>;
}[OperationName];
