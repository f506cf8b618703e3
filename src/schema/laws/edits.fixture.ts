// For tests only: blind edits of documents, most of which break them in ways that nobody thought of.

import type { Element } from '../../envelope/element.ts'
import { at, edited, numbered, withChildren, withText } from '../mutate/tree.ts'
import type { Place } from '../mutate/tree.ts'
import type { Random } from '../random.ts'

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
export function editedBlindly(root: Element, random: Random): Element {
  let made = root
  for (let left = 1 + random.below(2); left > 0; left -= 1) {
    const place = random.pick(places(made))
    const edit = random.pick(EDITS)
    if (place !== undefined && edit !== undefined)
      made = edited(made, place, (it) => edit(it, random, root))
  }
  return numbered(made)
}
