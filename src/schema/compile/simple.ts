// Simple types of the model: restriction, list, union and their facets (XML Schema Part 2 §4).

import { attribute, child, childrenNamed } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { BUILTINS, XSD_NS } from '../builtins.ts'
import { describedBy, documentation } from '../documentation.ts'
import type { Components, Definition } from './compile.ts'
import { boundedMembers } from './limits.ts'
import { BOUNDS } from '../facets.ts'
import type { Facets, Key, SimpleType } from '../model.ts'

export interface SimpleCompiler {
  (at: Definition, name?: Key): SimpleType
  /** a restriction step over a known base; also used for simpleContent restrictions */
  readonly restrict: (at: Definition, base: SimpleType) => SimpleType
}

const NUMERIC = ['length', 'minLength', 'maxLength', 'totalDigits', 'fractionDigits'] as const
/** A step of its own takes over neither name nor words of what it restricts. */
const UNNAMED = { name: '', documentation: '', modelReference: '' }
const ANY_SIMPLE = BUILTINS.get('anySimpleType') as SimpleType

/** @param named finds a named simple type */
export function simpleCompiler(
  components: Components,
  named: (name: Key, at: Definition) => SimpleType,
): SimpleCompiler {
  function compile(at: Definition, name?: Key): SimpleType {
    const step = at.node.children.find((it) => it.ns === XSD_NS && it.name !== 'annotation')
    const inside = { ...at, node: step ?? at.node }
    const made =
      step?.name === 'list'
        ? list(inside)
        : step?.name === 'union'
          ? union(inside)
          : restriction(inside, at, name)
    const ownName = name === undefined ? '' : (attribute(at.node, 'name') ?? '')
    const ns = at.document.targetNamespace
    return { ...made, name: ownName, ns, ...describedBy(at.node) }
  }

  function restriction(at: Definition, outer: Definition, name?: Key): SimpleType {
    const base = attribute(at.node, 'base')
    if (base === undefined) return restrict(at, inner(at) ?? ANY_SIMPLE)
    const baseName = components.resolve(at, base)
    const original = baseName === name ? components.original(outer) : undefined
    return restrict(at, original === undefined ? named(baseName, at) : compile(original, baseName))
  }

  function restrict(at: Definition, base: SimpleType): SimpleType {
    const from = inner(at) ?? base
    const whiteSpace = valueOf(child(at.node, 'whiteSpace', XSD_NS)) as
      SimpleType['whiteSpace'] | undefined
    return {
      ...from,
      ...UNNAMED,
      whiteSpace: whiteSpace ?? from.whiteSpace,
      facets: facets(at.node, from.facets),
      ...meaningsIn(at.node),
      base: from,
    }
  }

  function list(at: Definition): SimpleType {
    const type = attribute(at.node, 'itemType')
    const item = type === undefined ? inner(at) : named(components.resolve(at, type), at)
    return {
      ...ANY_SIMPLE,
      variety: 'list',
      whiteSpace: 'collapse',
      item: item ?? ANY_SIMPLE,
      base: ANY_SIMPLE,
    }
  }

  function union(at: Definition): SimpleType {
    const names = (attribute(at.node, 'memberTypes') ?? '').split(/\s+/).filter((it) => it !== '')
    const inline = childrenNamed(at.node, 'simpleType', XSD_NS).map((node) =>
      compile({ ...at, node }),
    )
    const members = [...names.map((it) => named(components.resolve(at, it), at)), ...inline]
    const some = boundedMembers([...new Set(members)], 'A union', at)
    return { ...ANY_SIMPLE, variety: 'union', members: some, base: ANY_SIMPLE }
  }

  function inner(at: Definition): SimpleType | undefined {
    const node = child(at.node, 'simpleType', XSD_NS)
    return node === undefined ? undefined : compile({ ...at, node })
  }

  return Object.assign(compile, { restrict })
}

function facets(step: Element, inherited: Facets): Facets {
  const values = (name: string) => childrenNamed(step, name, XSD_NS).map((it) => valueOf(it) ?? '')
  const enumeration = values('enumeration')
  const pattern = values('pattern')
  const numeric = NUMERIC.flatMap((name) => values(name).map((it) => [name, Number(it)] as const))
  const lexical = BOUNDS.flatMap((name) => values(name).map((it) => [name, it] as const))
  return {
    ...inherited,
    ...Object.fromEntries([...numeric, ...lexical]),
    ...(enumeration.length > 0 ? { enumeration } : {}),
    ...(pattern.length > 0 ? { patterns: [...(inherited.patterns ?? []), pattern] } : {}),
  }
}

/** Those of the innermost restriction that lists literals, like the literals themselves. */
function meaningsIn(step: Element): Pick<SimpleType, 'meanings'> {
  const listed = childrenNamed(step, 'enumeration', XSD_NS)
  if (listed.length === 0) return {}
  const all = listed.map((it) => [valueOf(it) ?? '', documentation(it)] as const)
  return { meanings: new Map(all.filter(([, text]) => text !== '')) }
}

function valueOf(facet: Element | undefined): string | undefined {
  return facet === undefined ? undefined : attribute(facet, 'value')
}
