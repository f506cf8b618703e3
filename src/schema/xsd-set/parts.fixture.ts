// For tests only: elements and attributes of generated schemas.

import type { Random } from '../random.ts'
import { builtIn, simpleBody } from './simple.fixture.ts'
import type { SimpleMade } from './simple.fixture.ts'
import { contentModel, written } from './content.fixture.ts'
import type { ElementPart, NextElement, Part } from './content.fixture.ts'
import { someSimple } from './made.fixture.ts'
import type { AttributeMade, Making } from './made.fixture.ts'

/** names that stand in many types */
const POOL = ['id', 'name', 'value', 'kind', 'Names', 'status']

/** A local name that is not used there yet, sometimes one that other types have, too. */
function freeName(making: Making, used: Set<string>, prefix: string): string {
  const pooled = making.random.pick(POOL) ?? ''
  const name = making.random.chance(0.4) && !used.has(pooled) ? pooled : making.name(prefix)
  used.add(name)
  return name
}

/** `default="…"`, `fixed="…"` or neither, with a value of the type. */
function constraint({ random }: Making, { values }: SimpleMade): string {
  if (!random.chance(0.2)) return ''
  return ` ${random.pick(['default', 'fixed'])}="${random.pick(values) ?? ''}"`
}

/** Where the content of a type gets its elements from; `used` grows. */
export function elementsFor(making: Making, used: Set<string>): NextElement {
  return (min) =>
    (making.random.chance(0.2) ? reference(making, used) : undefined) ?? local(making, used, min)
}

function reference(making: Making, used: Set<string>) {
  const free = making.elements.filter((it) => !it.recursive && !used.has(it.family))
  const found = making.random.pick(free)
  if (found === undefined) return undefined
  used.add(found.family)
  return { kind: 'element' as const, text: `ref="${found.ref}"`, inner: '', recursive: false }
}

function local(making: Making, used: Set<string>, min: number) {
  const { random } = making
  const name = freeName(making, used, 'e')
  const nillable = random.chance(0.15) ? ' nillable="true"' : ''
  const form = random.chance(0.1) ? ` form="${random.pick(['qualified', 'unqualified'])}"` : ''
  const start = `name="${name}"${nillable}${form}`
  const made = (text: string, inner = '', recursive = false) => ({
    kind: 'element' as const,
    text: `${start}${text}`,
    inner,
    recursive,
  })
  const kind = random.below(20)
  if (kind < 3 && min === 0) return made(` type="${random.pick(making.ahead)}"`, '', true)
  if (kind < 8) return complexElement(making, made)
  if (kind === 8)
    return made('', `<xs:simpleType>${simpleBody(random, making.simples).body}</xs:simpleType>`)
  if (kind === 9) return made(random.pick(['', ...OPEN.map((it) => ` type="xs:${it}"`)]))
  const type = someSimple(making, () => builtIn(random))
  return made(` type="${type.ref}"${nillable === '' ? constraint(making, type) : ''}`)
}

const OPEN: readonly string[] = ['anyType', 'anySimpleType', 'QName', 'IDREF']

function complexElement(
  making: Making,
  made: (text: string, inner?: string) => Omit<ElementPart, 'min' | 'max'>,
) {
  const { random } = making
  const type = random.pick(making.complexes)
  if (type !== undefined && random.chance(0.75))
    return made(` type="${type.ref}"${type.abstract ? '' : elementBlock(random)}`)
  const used = new Set<string>()
  const content = random.chance(0.7) ? written(contentModel(random, shallow(making, used))) : ''
  const attributes = attributesFor(making, used)
    .map((it) => it.text)
    .join('')
  return made('', `<xs:complexType>${content}${attributes}</xs:complexType>`)
}

function elementBlock(random: Random): string {
  const ways = ['extension', 'restriction', '#all']
  return random.chance(0.1) ? ` block="${random.pick(ways)}"` : ''
}

/** Elements of simple types only. */
function shallow(making: Making, used: Set<string>): NextElement {
  return () => {
    const type = someSimple(making, () => builtIn(making.random))
    const text = `name="${freeName(making, used, 'e')}" type="${type.ref}"${constraint(making, type)}`
    return { kind: 'element', text, inner: '', recursive: false }
  }
}

/** Some attributes with names that are not used yet; references and groups included. */
export function attributesFor(making: Making, used: Set<string>): readonly AttributeMade[] {
  const { random } = making
  const own = Array.from({ length: random.below(4) }, () => attributeFor(making, used))
  return [
    ...own,
    ...globalAttribute(making, used),
    ...identity(making, used),
    ...ofXml(making, used),
  ]
}

/** What is a name; an xs:ID stands in the root that has keys. */
function identity(making: Making, used: Set<string>): readonly AttributeMade[] {
  if (!making.random.chance(0.15)) return []
  const type = making.random.pick(['IDREF', 'IDREFS', 'QName']) ?? ''
  const name = freeName(making, used, 'a')
  const required = making.random.chance(0.4)
  const use = required ? ' use="required"' : ''
  return [{ name, required, text: `<xs:attribute name="${name}" type="xs:${type}"${use}/>` }]
}

/** An attribute of the XML namespace. */
function ofXml(making: Making, used: Set<string>): readonly AttributeMade[] {
  if (!making.random.chance(0.1)) return []
  const name = `xml:${making.random.pick(['lang', 'space', 'base', 'lang'])}`
  if (used.has(name)) return []
  used.add(name)
  const required = making.random.chance(0.2)
  const use = required ? ' use="required"' : ''
  return [{ name, required, text: `<xs:attribute ref="${name}"${use}/>` }]
}

function attributeFor(making: Making, used: Set<string>): AttributeMade {
  const { random } = making
  const name = freeName(making, used, 'a')
  const type = someSimple(making, () => builtIn(random))
  const value = constraint(making, type)
  const required = !value.includes('default') && random.chance(0.3)
  const use = required ? ' use="required"' : random.chance(0.1) ? ' use="optional"' : ''
  const form = random.chance(0.1) ? ` form="${random.pick(['qualified', 'unqualified'])}"` : ''
  if (random.chance(0.15))
    return {
      name,
      required,
      text: `<xs:attribute name="${name}"${form}${use}><xs:simpleType>${simpleBody(random, making.simples).body}</xs:simpleType></xs:attribute>`,
    }
  const typed = random.chance(0.1) && value === '' ? '' : ` type="${type.ref}"`
  return { name, required, text: `<xs:attribute name="${name}"${typed}${form}${use}${value}/>` }
}

function globalAttribute(making: Making, used: Set<string>): readonly AttributeMade[] {
  const found = making.random.chance(0.3) ? making.random.pick(making.attributes) : undefined
  if (found === undefined || used.has(found.name)) return []
  used.add(found.name)
  const required = making.random.chance(0.3)
  const use = required ? ' use="required"' : ''
  return [{ name: found.name, required, text: `<xs:attribute ref="${found.ref}"${use}/>` }]
}

/** References to attribute groups whose names are free. */
export function attributeGroupsFor(making: Making, used: Set<string>): string {
  const found = making.random.chance(0.3) ? making.random.pick(making.attributeGroups) : undefined
  if (found === undefined || found.names.some((it) => used.has(it))) return ''
  for (const it of found.names) used.add(it)
  return `<xs:attributeGroup ref="${found.ref}"/>`
}

const WILDCARDS = ['##any', '##other', 'urn:set:x', 'urn:set:x urn:set:y', '##local urn:set:x']

/** An xs:anyAttribute, mostly none. */
export function anyAttribute({ random }: Making): string {
  if (!random.chance(0.2)) return ''
  const ns = random.pick([...WILDCARDS, '##targetNamespace'])
  return `<xs:anyAttribute namespace="${ns}" processContents="${random.pick(['lax', 'skip', 'strict'])}"/>`
}

/** The model with a wildcard behind it that admits nothing that stands in it. */
export function opened(making: Making, part: Part, foreign: boolean): Part {
  const { random } = making
  const ns = foreign ? 'urn:set:x' : random.pick(['##other', 'urn:set:x', 'urn:set:x urn:set:y'])
  const text = `namespace="${ns}" processContents="${random.pick(['lax', 'skip'])}"`
  const any: Part = { kind: 'any', text, min: random.below(2), max: random.pick([1, 2, -1]) }
  if (part.kind === 'all') return part
  return { kind: 'sequence', items: [part, any], min: 1, max: 1 }
}
