// For tests only: complex types of generated schemas, and what is derived from them.

import type { Random } from '../random.ts'
import { contentModel, narrowed, written } from './content.fixture.ts'
import type { Part } from './content.fixture.ts'
import { placed, someSimple } from './made.fixture.ts'
import type { AttributeMade, ComplexMade, Making } from './made.fixture.ts'
import {
  anyAttribute,
  attributeGroupsFor,
  attributesFor,
  elementsFor,
  opened,
} from './parts.fixture.ts'
import { builtIn } from './simple.fixture.ts'
import type { SimpleMade } from './simple.fixture.ts'

/** A new type with its text, not yet among those that have been made. */
interface Made {
  readonly text: string
  readonly type: ComplexMade
}

const textOf = (list: readonly AttributeMade[]) => list.map((it) => it.text).join('')

/** The next complex type of the set; an abstract one comes with one that is derived from it. */
export function addComplexType(making: Making, ref: string): void {
  const { random } = making
  const [ns, name] = placed(ref)
  // The XSD engine does not find a type without a namespace that xsi:type names where xmlns="" is in force.
  const isNowhere = ns === making.nowhere
  const derived = !isNowhere && random.chance(0.5) ? derivedType(making, ref) : undefined
  const made = derived ?? (random.chance(0.2) ? simpleContent(making, ref) : plain(making, ref))
  const isFinal = making.defaults[ns]?.includes('finalDefault') === true
  const mayBeAbstract = making.abstract && made.type.extends && !isFinal && !isNowhere
  const abstract = mayBeAbstract && random.chance(0.12)
  const guards = abstract ? ' abstract="true"' : guardOf(making)
  const mixed = made.type.mixed && made.type.content === 'complex' && derived === undefined
  const text = `<xs:complexType name="${name}"${guards}${mixed ? ' mixed="true"' : ''}>${made.text}</xs:complexType>`
  const concrete = abstract ? concreteOf(making, made.type) : undefined
  const names = [name, ...(concrete === undefined ? [] : [concrete.name])]
  making.components.push({ ns, names, text: `${text}${concrete?.text ?? ''}` })
  making.complexes.push({
    ...made.type,
    abstract,
    extends:
      made.type.extends &&
      !isFinal &&
      !guards.includes('final') &&
      !(isAllOf(making, made.type) && made.type.mixed),
    restricts: made.type.restricts && !guards.includes('final'),
  })
}

function guardOf({ random }: Making): string {
  const what = random.pick(['extension', 'restriction', '#all', 'extension restriction'])
  return random.chance(0.08) ? ` ${random.pick(['block', 'final'])}="${what}"` : ''
}

function concreteOf(making: Making, base: ComplexMade): { name: string; text: string } {
  const name = making.name('C')
  const content = base.content === 'simple' ? 'simpleContent' : 'complexContent'
  const text = `<xs:complexType name="${name}"><xs:${content}><xs:extension base="${base.ref}"/></xs:${content}></xs:complexType>`
  return { name, text }
}

function plain(making: Making, ref: string): Made {
  const { random } = making
  const [ns] = placed(ref)
  const used = new Set<string>()
  const part = random.chance(0.1) ? undefined : model(making, used)
  const isOpen = part !== undefined && !isAll(making, part) && random.chance(0.15)
  const foreign = (part === undefined ? '' : written(part)).includes('ref=')
  const whole = isOpen ? opened(making, part, foreign) : part
  const attributes = attributesFor(making, used)
  const rest = `${attributeGroupsFor(making, used)}${anyAttribute(making)}`
  const text = `${whole === undefined ? '' : written(whole)}${textOf(attributes)}${rest}`
  const type: ComplexMade = {
    ref,
    ns,
    content: 'complex',
    part: whole,
    mixed: random.chance(0.12),
    attributes,
    abstract: false,
    closed: isOpen || whole?.kind === 'all' || isAll(making, whole),
    used,
    extends: true,
    restricts: !written(whole ?? EMPTY).includes('<xs:complexType'),
  }
  return { text, type }
}

/** Mixed content counts as content, and nothing may stand beside an xs:all. */
function isAllOf(making: Making, { part }: ComplexMade): boolean {
  return part?.kind === 'all' || isAll(making, part)
}

/** A reference to a group that is an xs:all. */
function isAll({ groups }: Making, part: Part | undefined): boolean {
  return (
    part?.kind === 'group' &&
    groups.some((it) => part.text.includes(it.ref) && it.part.kind === 'all')
  )
}

const EMPTY: Part = { kind: 'sequence', items: [], min: 1, max: 1 }

function model(making: Making, used: Set<string>): Part {
  const { random } = making
  const free = making.groups.filter((it) => !it.names.some((name) => used.has(name)))
  const group = random.chance(0.2) ? random.pick(free) : undefined
  if (group === undefined) return contentModel(random, elementsFor(making, used))
  for (const it of group.names) used.add(it)
  const [min, max] = random.pick([
    [1, 1],
    [0, 1],
  ] as const)
  const use: Part = { kind: 'group', text: `ref="${group.ref}"`, min, max }
  if (group.part.kind === 'all' || random.chance(0.5)) return use
  const items = [use, contentModel(random, elementsFor(making, used))]
  return items.some((it) => it.kind === 'all') ? use : { kind: 'sequence', items, min: 1, max: 1 }
}

function simpleContent(making: Making, ref: string): Made {
  const used = new Set<string>()
  const base = someSimple(making, () => builtIn(making.random))
  const attributes = attributesFor(making, used)
  const rest = `${attributeGroupsFor(making, used)}${anyAttribute(making)}`
  const text = `<xs:simpleContent><xs:extension base="${base.ref}">${textOf(attributes)}${rest}</xs:extension></xs:simpleContent>`
  return { text, type: simpleType(ref, attributes, used, base) }
}

function simpleType(
  ref: string,
  attributes: readonly AttributeMade[],
  used: ReadonlySet<string>,
  { ref: base }: SimpleMade,
): ComplexMade {
  const [ns] = placed(ref)
  // The XSD engine does not compile a restriction of a built-in list with attributes.
  const restricts = base !== 'xs:NMTOKENS'
  return {
    ref,
    ns,
    content: 'simple',
    part: undefined,
    mixed: false,
    attributes,
    abstract: false,
    closed: false,
    used,
    extends: true,
    restricts,
  }
}

function derivedType(making: Making, ref: string): Made | undefined {
  const { random } = making
  const base = random.pick(making.complexes)
  if (base === undefined) return undefined
  if (random.chance(0.5)) return base.extends ? extension(making, ref, base) : undefined
  return base.restricts && base.ns === placed(ref)[0] ? restriction(making, ref, base) : undefined
}

function extension(making: Making, ref: string, base: ComplexMade): Made {
  const [ns] = placed(ref)
  const used = new Set(base.used)
  const adds = base.content === 'complex' && !base.closed && making.random.chance(0.7)
  const grown = adds ? contentModel(making.random, elementsFor(making, used)) : undefined
  const part = grown?.kind === 'all' ? undefined : grown
  const attributes = attributesFor(making, used)
  const text = wrapped(
    base,
    'extension',
    `${part === undefined ? '' : written(part)}${textOf(attributes)}`,
  )
  const items = [base.part, part].filter((it) => it !== undefined)
  const whole: Part = { kind: 'sequence', items, min: 1, max: 1 }
  return {
    text,
    type: {
      ...base,
      ref,
      ns,
      part: part === undefined ? base.part : whole,
      attributes: [...base.attributes, ...attributes],
      used,
      restricts: base.restricts && base.ns === ns && !text.includes('<xs:complexType'),
    },
  }
}

function restriction(making: Making, ref: string, base: ComplexMade): Made {
  const { random } = making
  const part = base.part === undefined ? undefined : narrowed(base.part, random)
  const fewer = base.attributes.map((it) => restricted(it, random))
  const text = wrapped(
    base,
    'restriction',
    `${part === undefined ? '' : written(part)}${fewer.map((it) => it.written).join('')}`,
  )
  const attributes = fewer.flatMap((it) => (it.left === undefined ? [] : [it.left]))
  return { text, type: { ...base, ref, ns: placed(ref)[0], part, attributes } }
}

/** Prohibited, made mandatory, or left to be inherited. */
function restricted(
  it: AttributeMade,
  random: Random,
): { written: string; left: AttributeMade | undefined } {
  const isPlain =
    /^<xs:attribute name="\w+"( form="\w+")?( type="[^"]*")?( use="optional")?\/>$/.test(it.text)
  if (!isPlain || random.chance(0.5)) return { written: '', left: it }
  const start = it.text.replace(' use="optional"', '').slice(0, -2)
  if (random.chance(0.5)) return { written: `${start} use="prohibited"/>`, left: undefined }
  const text = `${start} use="required"/>`
  return { written: text, left: { ...it, required: true, text } }
}

function wrapped(base: ComplexMade, how: 'extension' | 'restriction', inner: string): string {
  const content = base.content === 'simple' ? 'simpleContent' : 'complexContent'
  const mixed = base.mixed ? ' mixed="true"' : ''
  return `<xs:${content}${mixed}><xs:${how} base="${base.ref}">${inner}</xs:${how}></xs:${content}>`
}
