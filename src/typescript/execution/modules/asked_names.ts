import { Object, SyntaxError } from "../../intrinsics.ts";
import { mayBeType } from "./may_be_type.ts";

/** A static import of names by a cell. */
export interface Asked {
  specifier: string;
  address: string;
  /** Names that the cell's code uses, and names that it does not use at all: they may be types. */
  used: readonly string[];
  unused: readonly string[];
}

export type Namespace = Record<string, unknown>;

/**
 * As in a module, a name that is not there is an error of the import, before the cell runs. `exported` is the object of
 * a CommonJS module: it also has names that it inherits or hides.
 */
export function withAsked(namespace: Namespace, asked: Asked, exported?: Namespace): Namespace {
  const { specifier, used, unused } = asked;
  const missing = [...used, ...unused].filter(name => !Object.hasOwn(namespace, name));
  if (missing.length === 0) return namespace;
  const hidden = exported === undefined ? [] : missing.filter(name => name in exported);
  const wrong = missing.find(
    name => !hidden.includes(name) && (used.includes(name) || !mayBeType(name, asked.address)),
  );
  if (wrong !== undefined)
    throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${wrong}'`);
  return { ...Object.fromEntries(hidden.map(name => [name, exported?.[name]])), ...namespace };
}
