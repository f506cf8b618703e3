// For tests only: schema sets made by a seed, of every construct of XML Schema 1.0 that the model claims and in every
// arrangement of files. A set is right by construction; that the XSD engine takes it is a law of its own.

import { randomOf } from '../random.ts'
import { contentModel, written } from './content.fixture.ts'
import { ARRANGEMENTS, filesOfSet } from './files.fixture.ts'
import type { Arrangement } from './files.fixture.ts'
import { makingOf, placed, placeholder, someSimple } from './made.fixture.ts'
import type { Making } from './made.fixture.ts'
import { anyAttribute, attributesFor, elementsFor } from './parts.fixture.ts'
import { builtIn, simpleBody } from './simple.fixture.ts'
import { addComplexType } from './derived-types.fixture.ts'

export interface XsdSet {
  readonly label: string
  readonly arrangement: Arrangement
  /** by path */
  readonly files: Readonly<Record<string, string>>
}

const MOST_TYPES = 10

/** The set of a seed. */
export function xsdSet(seed: number): XsdSet {
  const random = randomOf(seed, 'xsd-set')
  const arrangement = ARRANGEMENTS[seed % ARRANGEMENTS.length] ?? ARRANGEMENTS[0]
  const nowhere = arrangement !== 'chameleon' && arrangement !== 'editions side by side'
  const making = makingOf(random, 2 + random.below(MOST_TYPES), nowhere)
  times(making, 4, addSimpleType)
  times(making, 3, addAttribute)
  times(making, 2, addAttributeGroup)
  making.ahead.forEach((ref, at) => {
    if (at % 4 === 1) addGroup(making)
    if (at % 3 === 2) addSubstitutes(making)
    addComplexType(making, ref)
  })
  making.complexes.forEach((it, at) => addRoot(making, it.ref, at))
  addSimpleRoot(making)
  if (random.chance(0.3)) addKeyedRoot(making)
  return {
    label: `seed ${seed} (${arrangement})`,
    arrangement,
    files: filesOfSet(making, arrangement, `s${seed}`),
  }
}

function times(making: Making, most: number, add: (making: Making) => void): void {
  for (let left = making.random.below(most + 1); left > 0; left -= 1) add(making)
}

function addSimpleType(making: Making): void {
  const ns = making.someNamespace()
  const name = making.name('S')
  const { body, ...made } = simpleBody(making.random, making.simples)
  making.components.push({
    ns,
    names: [name],
    text: `<xs:simpleType name="${name}">${body}</xs:simpleType>`,
  })
  making.simples.push({ ...made, ref: placeholder(ns, name) })
}

function addAttribute(making: Making): void {
  const ns = making.someNamespace()
  const name = making.name('a')
  const type = someSimple(making, () => builtIn(making.random))
  const text = `<xs:attribute name="${name}" type="${type.ref}"/>`
  making.components.push({ ns, names: [name], text })
  making.attributes.push({ ref: placeholder(ns, name), name, text })
}

function addAttributeGroup(making: Making): void {
  const ns = making.someNamespace()
  const name = making.name('A')
  const used = new Set<string>()
  const inner = making.attributeGroups.find(() => making.random.chance(0.4))
  for (const it of inner?.names ?? []) used.add(it)
  const nested = inner === undefined ? '' : `<xs:attributeGroup ref="${inner.ref}"/>`
  const own = attributesFor(making, used)
    .map((it) => it.text)
    .join('')
  const text = `<xs:attributeGroup name="${name}">${own}${nested}${anyAttribute(making)}</xs:attributeGroup>`
  making.components.push({ ns, names: [name], text })
  making.attributeGroups.push({ ref: placeholder(ns, name), names: [...used] })
}

function addGroup(making: Making): void {
  const ns = making.someNamespace()
  const name = making.name('G')
  const used = new Set<string>()
  const made = contentModel(making.random, elementsFor(making, used))
  const part = { ...made, min: 1, max: 1 }
  making.components.push({
    ns,
    names: [name],
    text: `<xs:group name="${name}">${written(part)}</xs:group>`,
  })
  making.groups.push({ ref: placeholder(ns, name), part, names: [...used] })
}

/** A head with a chain of members; abstract ones in between. */
function addSubstitutes(making: Making): void {
  const { random } = making
  const ns = making.someNamespace()
  const base = random.pick(making.complexes)
  const type = base?.ref ?? someSimple(making, () => builtIn(random)).ref
  const [head, member, last] = ['h', 'm', 'l'].map((it) => making.name(it))
  const element = (name = '', attributes: string) => `<xs:element name="${name}"${attributes}/>`
  const at = (name = '') => placeholder(ns, name)
  const guard =
    base?.abstract !== true && random.chance(0.1)
      ? ` block="${random.pick(['substitution', '#all', 'extension'])}"`
      : ''
  const text = [
    element(
      head,
      ` type="${type}"${making.abstract && guard === '' && random.chance(0.4) ? ' abstract="true"' : guard}`,
    ),
    element(
      member,
      ` substitutionGroup="${at(head)}"${making.abstract && random.chance(0.3) ? ' abstract="true"' : ` type="${type}"`}`,
    ),
    element(last, ` substitutionGroup="${at(member)}"`),
  ]
  making.components.push({ ns, names: [head ?? '', member ?? '', last ?? ''], text: text.join('') })
  making.elements.push({ ref: at(head), family: head ?? '', recursive: false })
}

function addRoot(making: Making, ref: string, at: number): void {
  const [ns] = placed(ref)
  const name = `Root${at}`
  const nillable = making.random.chance(0.1) ? ' nillable="true"' : ''
  making.components.push({
    ns,
    names: [name],
    text: `<xs:element name="${name}" type="${ref}"${nillable}/>`,
  })
}

function addSimpleRoot(making: Making): void {
  const type = someSimple(making, () => builtIn(making.random))
  const text = `<xs:element name="Value" type="${type.ref}"/>`
  making.components.push({ ns: making.someNamespace(), names: ['Value'], text })
}

/** the root that has keys; no other has */
export const KEYED = 'Keyed'

function addKeyedRoot(making: Making): void {
  const { random } = making
  const ns = making.someNamespace()
  const [key, reference] = [making.name('k'), making.name('k')]
  const type = someSimple(making, () => builtIn(random)).ref
  const parts = ['item', 'use'].map(
    (name) =>
      `<xs:element name="${name}" form="unqualified" maxOccurs="3"><xs:complexType><xs:attribute name="code" form="unqualified" type="${type}" use="required"/>${name === 'item' ? '<xs:attribute name="id" form="unqualified" type="xs:ID"/>' : ''}</xs:complexType></xs:element>`,
  )
  const over = (name: string) => `<xs:selector xpath="${name}"/><xs:field xpath="@code"/>`
  const constraints = random.pick([
    `<xs:unique name="${key}">${over('item')}</xs:unique>`,
    `<xs:key name="${key}">${over('item')}</xs:key><xs:keyref name="${reference}" refer="${placeholder(ns, key)}">${over('use')}</xs:keyref>`,
  ])
  const text = `<xs:element name="${KEYED}"><xs:complexType><xs:sequence>${parts.join('')}</xs:sequence></xs:complexType>${constraints}</xs:element>`
  making.components.push({ ns, names: [KEYED], text })
}
