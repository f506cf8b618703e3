// The diagnosis and the XML engine must agree on which documents are valid: the engine decides, the diagnosis explains.
// Documents are made from samples by blind edits, so most of them are broken in ways that nobody thought of.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Element } from '../envelope/element.ts'
import { writeElement } from '../envelope/write.ts'
import { diagnose } from './diagnose.ts'
import { NOUNS, ROOTS, SCHEMAS, judged, payloadsOf, tree } from './laws.fixture.ts'
import type { Root } from './laws.fixture.ts'
import { messageFromJson } from './message-xml.ts'
import { at, edited, numbered, readOwn, withChildren, withText } from './mutate-tree.ts'
import type { Place } from './mutate-tree.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'

const diagnosis = suite('laws of the diagnosis')

/** Where engine and diagnosis differ, and why that is no loss. */
const KNOWN: Readonly<Record<string, string>> = {
  // The engine also takes a second <a/> to stand at the wildcard; its own words are reported then.
  Strict: 'a name that both an element and a strict wildcard admit',
  // XML Schema Part 2 §3.3.4 asks NMTOKENS for one item at least; the engine does not.
  Lists: 'an empty list of NMTOKENS',
}

type Edit = (it: Element, random: Random, root: Element) => Element

const TEXTS = ['', 'x', '1', 'true', '-5', '12,5', '  ', '2026-07-14', 'W', '9'.repeat(24), '1.123']
const NAMES = ['a', 'b', 'c', 'id', 'name', 'two', 'note', 'x', 'y', 'z', 'mRID', 'nobody']
const NAMESPACES = ['', 'urn:fixture:open', 'urn:fixture:other-names', 'urn:fixture:types', 'urn:q']

const EDITS: readonly Edit[] = [
  (it, random) => withoutOne(it, random),
  (it, random) => {
    const twin = random.pick(it.children)
    return twin === undefined ? it : withChildren(it, [...it.children, twin])
  },
  (it, random) => (it.children.length < 2 ? it : withChildren(it, random.shuffled(it.children))),
  (it, random) => ({ ...it, name: random.pick(NAMES) ?? '' }),
  (it, random) => (it.children.length > 0 ? it : withText(it, random.pick(TEXTS) ?? '')),
  (it, random) => {
    const others = it.attributes.filter((one) => one.name !== 'id')
    const id = { name: 'id', ns: '', prefix: '', value: random.pick(TEXTS) ?? '' }
    return { ...it, attributes: [...others, id] }
  },
  (it, random) => ({ ...it, attributes: it.attributes.slice(random.below(2)) }),
  (it, random, root) => {
    const other = at(root, random.pick(places(root)) ?? [])
    return other === undefined ? it : withChildren(it, [...it.children, { ...other, children: [] }])
  },
  (it, random) => {
    const ns = random.pick(NAMESPACES) ?? ''
    return { ...it, ns, prefix: ns === '' ? '' : 'edit', declared: ns === '' ? [['', '']] : null }
  },
]

function withoutOne(it: Element, random: Random): Element {
  if (it.children.length === 0) return it
  return withChildren(it, it.children.toSpliced(random.below(it.children.length), 1))
}

/** Every place but the root's. */
function places(root: Element, way: Place = []): readonly Place[] {
  return root.children.flatMap((it, position) => {
    const place = [...way, position]
    return [place, ...places(it, place)]
  })
}

/** One or two edits somewhere below the root. */
function editedBlindly(root: Element, random: Random): Element {
  let made = root
  for (let left = 1 + random.below(2); left > 0; left -= 1) {
    const place = random.pick(places(made))
    const edit = random.pick(EDITS)
    if (place !== undefined && edit !== undefined)
      made = edited(made, place, (it) => edit(it, random, root))
  }
  return numbered(made)
}

const PAYLOADS: readonly Root[] = NOUNS.flatMap((noun) => {
  const found = SCHEMAS.payload(undefined, noun, undefined)
  return found === undefined ? [] : [{ ...found, noun }]
})

/** documents of each root */
const SEEDS = 120

diagnosis('has a finding exactly for the documents that the XML engine refuses', () => {
  let refused = 0
  for (const root of [...PAYLOADS, ...ROOTS].filter((it) => !(it.noun in KNOWN))) {
    payloadsOf(root, SEEDS).forEach(({ json, label }, seed) => {
      const own = readOwn(messageFromJson(json, SCHEMAS).xml)
      const xml = writeElement(editedBlindly(own, randomOf(seed, `edit ${root.noun}`)))
      const { verdict } = judged(xml)
      const ours = diagnose(tree(xml), root.decl, root.model, 'payload-xsd')
      const what = `${label}, edited: ${ours.map((it) => it.message).join(' ')}\n${xml}`
      assert.is(verdict, ours.length > 0 ? 'invalid' : 'valid', what)
      if (verdict === 'invalid') refused += 1
    })
  }
  assert.ok(refused > 1000, `${refused} documents were broken`)
})

diagnosis('never leaves a refused document without a finding, known differences included', () => {
  for (const root of ROOTS.filter((it) => it.noun in KNOWN)) {
    payloadsOf(root, SEEDS).forEach(({ json, label }, seed) => {
      const own = readOwn(messageFromJson(json, SCHEMAS).xml)
      const xml = writeElement(editedBlindly(own, randomOf(seed, `edit ${root.noun}`)))
      const { verdict, findings } = judged(xml)
      assert.is(verdict, findings.length > 0 ? 'invalid' : 'valid', `${label}, edited\n${xml}`)
    })
  }
})

diagnosis.run()
