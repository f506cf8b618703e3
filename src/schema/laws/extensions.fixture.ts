// For tests only: messages with one more element at a wildcard, an element that no schema knows.

import type { Element } from '../../envelope/element.ts'
import { writeElement } from '../../envelope/write.ts'
import { isObject } from '../json-text.ts'
import type { JsonObject } from '../json-text.ts'
import { admits, key } from '../model.ts'
import type { Particle } from '../model.ts'
import { sitesOf } from '../mutate/sites.ts'
import type { Site } from '../mutate/sites.ts'
import { edited, withChildren } from '../mutate/tree.ts'
import type { Place } from '../mutate/tree.ts'
import type { Random } from '../random.ts'
import type { SchemaSet } from '../schemas.ts'

const NS = 'urn:example:unknown'
const MARK = 'extensionMark'

/** A document with an extension, and the extension's own text. */
export interface Extended {
  readonly xml: string
  readonly bytes: string
}

/** @returns undefined where no wildcard has room */
export function withExtension(
  root: Element,
  json: JsonObject,
  random: Random,
  schemas: SchemaSet,
): Extended | undefined {
  const header = json['header']
  const verb = isObject(header) ? String(header['Verb']) : ''
  const rooms = sitesOf(root, schemas, verb).flatMap(roomsIn)
  const room = random.pick(rooms)
  if (room === undefined) return undefined
  const bytes = strangerText(random)
  const { place, at } = room
  const mark: Element = { ...EMPTY, name: MARK, declared: [['', '']] }
  const marked = edited(root, place, (it) => withChildren(it, it.children.toSpliced(at, 0, mark)))
  const xml = writeElement(marked).replace(new RegExp(`<${MARK}[^>]*/>`), () => bytes)
  return { xml, bytes }
}

const EMPTY: Element = {
  ...{ name: '', ns: '', prefix: '', attributes: [], declared: null, index: 0 },
  ...{ children: [], text: '', mixed: null },
}

interface Room {
  readonly place: Place
  readonly at: number
}

/** Positions among the children where the wildcard of a plain sequence takes one more stranger. */
function roomsIn({ place, element, shape }: Site): readonly Room[] {
  const content = shape?.type.content
  if (shape === undefined || !shape.grouped || content?.kind !== 'particle') return []
  const wildcards = anyIn(content.particle)
  const strangers = element.children.filter((it) => !shape.byName.has(key(it.ns, it.name)))
  if (!wildcards.every((it) => it.process !== 'strict' && admits(it, NS))) return []
  if (strangers.length >= wildcards.reduce((sum, it) => sum + it.max, 0)) return []
  // Of a choice, another branch may have been taken.
  if (hasChoice(content.particle) && strangers.length === 0) return []
  const before = element.children.filter(
    (it) => (shape.byName.get(key(it.ns, it.name))?.at ?? shape.fields.length) < shape.openAt,
  ).length
  return Array.from({ length: strangers.length + 1 }, (_, at) => ({ place, at: before + at }))
}

function anyIn(particle: Particle): readonly (Particle & { kind: 'any' })[] {
  if (particle.kind === 'any') return [particle]
  return particle.kind === 'element' ? [] : particle.items.flatMap(anyIn)
}

function hasChoice(particle: Particle): boolean {
  return particle.kind === 'choice' || ('items' in particle && particle.items.some(hasChoice))
}

/** An element of its own, written as nobody would write it. */
function strangerText(random: Random): string {
  const name = random.pick(['trace', 'x:trace', 'Größe', 'x:ext.1'])
  const quote = random.pick(['"', "'"])
  const around = name.includes(':') ? ' xmlns=""' : ''
  const xmlns = `xmlns${around && ':x'}${random.pick(['', ' '])}=${quote}${NS}${quote}${around}`
  const attributes = random.pick(['', ' a = "1"', " a='&lt;&#10;&quot;'", ' xml:lang="de"  b=""'])
  const inner = Array.from({ length: random.below(4) }, () => random.pick(PIECES)).join('')
  const open = `<${name} ${xmlns}${attributes}${random.pick(['', ' ', '\n'])}`
  return inner === '' && random.chance(0.5)
    ? `${open}/>`
    : `${open}>${inner}</${name}${random.pick(['', ' '])}>`
}

const PIECES = [
  ...['text &amp; more', '<!-- kept -->', '<?pi kept?>', '<![CDATA[<b>&]]>', '\n   '],
  ...['<s xmlns=""/>', '<y:u xmlns:y="urn:y" y:v="1"></y:u>', '😀&#x20AC;', '<s><s/> tail</s>'],
] as const satisfies readonly string[]
