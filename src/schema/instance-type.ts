// xsi:type between XML and CIM-JSON: which type an element says it has, and how that is written without prefixes.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { builtinType, XSI_NS } from './builtins.ts'
import { key, splitKey } from './model.ts'
import type { Key, Model, Type } from './model.ts'
import { qualifiedName } from './scope.ts'
import type { Scope } from './scope.ts'

/** A named type of the schemas, or one that is built in. */
export function typeNamed(name: Key, model: Model): Type | undefined {
  return model.types.get(name) ?? builtinType(name)
}

/** The type that xsi:type names; undefined when there is none or nothing has the name. */
export function instanceTypeOf(element: Element, model: Model, scope: Scope): Type | undefined {
  const written = attribute(element, 'type', XSI_NS)
  const name = written === undefined ? undefined : qualifiedName(written, scope)
  return name === undefined ? undefined : typeNamed(name, model)
}

/** `@xsi:type` for a qualified name: the local name where that is enough to find it again. */
export function shortTypeName(name: Key, declared: Type, model: Model): string {
  const [, local] = splitKey(name)
  return longTypeName(local, declared, model) === name ? local : name
}

/** The qualified name that `@xsi:type` means: of the declared type's namespace, else of any that has the name. */
export function longTypeName(written: string, declared: Type, model: Model): Key {
  if (written.startsWith('{')) return written
  const names = [declared.ns, ...model.namespaces].map((ns) => key(ns, written))
  return names.find((it) => typeNamed(it, model) !== undefined) ?? key(declared.ns, written)
}
