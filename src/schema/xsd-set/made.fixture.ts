// For tests only: what has been made of a generated schema set so far, and names that nobody has yet.

import type { Random } from '../random.ts'
import type { Part } from './content.fixture.ts'
import type { SimpleMade } from './simple.fixture.ts'

/** Definitions that stand in one file together. Names in them are placeholders: `«0:T1»` is T1 of the namespace 0. */
export interface Component {
  readonly ns: number
  /** local names that it defines */
  readonly names: readonly string[]
  readonly text: string
}

/** A complex type, and what its derivations need to know. */
export interface ComplexMade {
  readonly ref: string
  readonly ns: number
  readonly content: 'simple' | 'complex'
  readonly part: Part | undefined
  readonly mixed: boolean
  readonly abstract: boolean
  /** text of its own attributes, to be restricted */
  readonly attributes: readonly AttributeMade[]
  readonly closed: boolean
  /** local names in its content and among its attributes */
  readonly used: ReadonlySet<string>
  readonly extends: boolean
  readonly restricts: boolean
}

export interface AttributeMade {
  readonly name: string
  readonly required: boolean
  readonly text: string
}

/** One set in the making. */
export interface Making {
  readonly random: Random
  readonly namespaces: number
  /** by namespace: elementFormDefault, attributeFormDefault */
  readonly qualified: readonly boolean[]
  /** the one without a targetNamespace; undefined in most sets */
  readonly nowhere: number | undefined
  /** by namespace: blockDefault and finalDefault, as they are written */
  readonly defaults: readonly string[]
  /** something stands in no document itself, so that derivation must not be blocked */
  readonly abstract: boolean
  readonly components: Component[]
  readonly simples: SimpleMade[]
  readonly complexes: ComplexMade[]
  /** complex types that are yet to come, for optional elements */
  readonly ahead: readonly string[]
  /** global elements that a content model may refer to, each with the names that may stand there */
  readonly elements: {
    readonly ref: string
    readonly family: string
    readonly recursive: boolean
  }[]
  readonly attributes: { readonly ref: string; readonly name: string; readonly text: string }[]
  readonly attributeGroups: { readonly ref: string; readonly names: readonly string[] }[]
  readonly groups: {
    readonly ref: string
    readonly part: Part
    readonly names: readonly string[]
  }[]
  /** a new local name */
  readonly name: (prefix: string) => string
  readonly someNamespace: () => number
}

/** @param nowhere something may have no namespace */
export function makingOf(random: Random, types: number, nowhere: boolean): Making {
  const namespaces = 1 + random.below(3)
  let last = 0
  const name = (prefix: string) => `${prefix}${(last += 1)}`
  const someNamespace = () => random.below(namespaces)
  return {
    random,
    namespaces,
    qualified: Array.from({ length: namespaces }, () => random.chance(0.6)),
    ...defaultsOf(random, namespaces, nowhere),
    components: [],
    simples: [],
    complexes: [],
    ahead: Array.from({ length: types }, (_, at) => placeholder(someNamespace(), `T${at}`)),
    elements: [],
    attributes: [],
    attributeGroups: [],
    groups: [],
    name,
    someNamespace,
  }
}

type Defaults = Pick<Making, 'nowhere' | 'defaults' | 'abstract'>

function defaultsOf(random: Random, namespaces: number, mayBeNowhere: boolean): Defaults {
  const nowhere = mayBeNowhere && random.chance(0.25) ? random.below(namespaces) : undefined
  const abstract = random.chance(0.8)
  const blocks = abstract ? ['restriction'] : ['restriction', 'extension', 'substitution', '#all']
  const defaults = Array.from({ length: namespaces }, () => {
    const block = random.chance(0.25) ? `blockDefault="${random.pick(blocks)}"` : ''
    return `${block}${random.chance(0.15) ? ' finalDefault="extension"' : ''}`
  })
  return { nowhere, defaults, abstract }
}

export function placeholder(ns: number, name: string): string {
  return `«${ns}:${name}»`
}

/** Namespace and local name of a placeholder. */
export function placed(ref: string): readonly [number, string] {
  const [ns = '0', name = ''] = ref.slice(1, -1).split(':')
  return [Number(ns), name]
}

/** A type for a value: a new anonymous one is not among them, see parts.fixture.ts. */
export function someSimple({ random, simples }: Making, other: () => SimpleMade): SimpleMade {
  return simples.length > 0 && random.chance(0.5) ? (random.pick(simples) as SimpleMade) : other()
}
