// Content models: sequences, choices, xs:all, groups and wildcards (XML Schema Part 1 §3.7 to §3.10).

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../builtins.ts'
import type { Components, Definition } from './compile.ts'
import { bounded, ringOf } from './limits.ts'
import { defined, referred } from './node.ts'
import { wildcard } from './wildcard.ts'
import { splitKey, UNBOUNDED } from '../model.ts'
import type { Content, ElementDecl, Particle } from '../model.ts'

const GROUPS: readonly string[] = ['sequence', 'choice', 'all']
const EMPTY: Content = { kind: 'empty' }

/**
 * Gives the content model that stands directly in a node (a complexType, extension or restriction).
 * @param element what an xs:element in a content model declares
 */
export function particleCompiler(
  components: Components,
  element: (at: Definition) => ElementDecl,
): (at: Definition) => Content {
  const groups = new Map<Element, readonly Particle[]>()
  const ring = ringOf()

  function content(at: Definition): Content {
    const node = at.node.children.find(
      (it) => it.ns === XSD_NS && (GROUPS.includes(it.name) || it.name === 'group'),
    )
    const compiled = node === undefined ? undefined : particle({ ...at, node })
    return compiled === undefined
      ? EMPTY
      : { kind: 'particle', particle: bounded(compiled, nameOf(at), at) }
  }

  /** undefined for a particle that may not occur (maxOccurs 0) */
  function particle(at: Definition): Particle | undefined {
    const min = Number(attribute(at.node, 'minOccurs') ?? 1)
    const max = occurs(attribute(at.node, 'maxOccurs') ?? '1')
    if (max === 0) return undefined
    if (at.node.name === 'element') return { kind: 'element', decl: element(at), min, max }
    if (at.node.name === 'any') return { kind: 'any', ...wildcard(at), min, max }
    if (at.node.name === 'group') return groupUse(at, min, max)
    return { kind: at.node.name as 'sequence', items: particles(at), min, max }
  }

  function particles(at: Definition): readonly Particle[] {
    const kept = at.node.children.filter((it) => it.ns === XSD_NS && it.name !== 'annotation')
    return kept.map((node) => particle({ ...at, node })).filter((it) => it !== undefined)
  }

  function groupUse(at: Definition, min: number, max: number): Particle | undefined {
    const name = components.resolve(at, attribute(at.node, 'ref') ?? '')
    const definition = defined(referred(components, 'group', at, name), 'group', at, name)
    const node = definition.node.children.find((it) => GROUPS.includes(it.name))
    if (node === undefined) return undefined
    const inside = { ...definition, node }
    const items =
      groups.get(node) ??
      ring.enter(`The group ${splitKey(name)[1]}`, definition, () => particles(inside))
    groups.set(node, items)
    return bounded(
      { kind: node.name as 'sequence', items, min, max },
      nameOf(definition),
      definition,
    )
  }

  return content
}

/** What stands around a content model, for people. */
function nameOf({ node }: Definition): string {
  const name = attribute(node, 'name')
  return name === undefined ? `A ${node.name}` : `The ${node.name} ${name}`
}

function occurs(text: string): number {
  return text === 'unbounded' ? UNBOUNDED : Number(text)
}
