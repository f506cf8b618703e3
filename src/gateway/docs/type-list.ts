// The named types of a noun: what they allow, what the literals mean, what may stand in their place.

import type { Row } from '../../schema/content-rows.ts'
import { wordsOfType } from '../../schema/content-rows.ts'
import { literalsOf, typesIn } from '../../schema/content-types.ts'
import { derivedFrom } from '../../schema/descendants.ts'
import type { Declared } from '../../schema/message-json.ts'
import type { ComplexType, SimpleType, Type } from '../../schema/model.ts'
import { breakable, cimCell, restrictionCell, typeId } from './element-table.ts'
import { anchor, markup, table } from './html.ts'
import type { Html, Part } from './html.ts'

/** Types that have a place of their own. */
export function listedTypes(rows: readonly Row[]): ReadonlySet<Type> {
  const { simple, complex } = typesIn(rows)
  return new Set<Type>([...simple, ...complex])
}

/** Complex types as one table, since their content stands in the tree; each simple type for itself. */
export function typeList(rows: readonly Row[], { decl, model }: Declared): Html {
  const { simple, complex } = typesIn(rows)
  const places = placesIn(rows)
  const lines = complex.map((it) =>
    complexLine(it, places.get(it) ?? [], decl.type, derivedFrom(it, model)),
  )
  const complexTable = markup`<table class="plain"><thead><tr>${HEAD.map((it) => markup`<th scope="col">${it}</th>`)}</tr></thead>
    <tbody>${lines}</tbody></table>`
  return markup`<div class="types">${lines.length === 0 ? '' : complexTable}${simple.map((it) => simpleType(it, decl.type))}</div>`
}

const HEAD = ['type', 'CIM class', 'what', 'content', 'elements'] as const

/** The lines of each type. */
function placesIn(rows: readonly Row[]): ReadonlyMap<Type, readonly Row[]> {
  const places = new Map<Type, Row[]>()
  for (const it of rows)
    if ('type' in it && places.get(it.type)?.push(it) === undefined) places.set(it.type, [it])
  return places
}

function complexLine(
  type: ComplexType,
  places: readonly Row[],
  root: Type,
  derived: readonly ComplexType[],
): Html {
  const [opened] = places.filter((it) => !('openedAt' in it))
  const { text, cim } = wordsOfType(type, root)
  const cells: readonly Part[] = [
    type.name,
    cimCell(cim),
    markup`${text}${variants(type, derived)}`,
    opened === undefined ? '' : markup`<a href="${anchor(opened.id)}">${breakable(opened.id)}</a>`,
    `${places.length}`,
  ]
  return markup`<tr id="${typeId(type)}">${cells.map((it, at) => markup`<td data-head="${HEAD[at] ?? ''}">${it}</td>`)}</tr>\n`
}

/** What xsi:type may say. */
function variants({ abstract }: ComplexType, derived: readonly ComplexType[]): Part {
  const names = derived.map((it) => it.name).join(', ')
  if (names === '') return ''
  const may = abstract ? 'must' : 'may'
  return markup`<span class="more">xsi:type ${may} name one of ${names}.</span>`
}

function simpleType(type: SimpleType, root: Type): Html {
  const all = literalsOf(type)
  const meanings = all.some(([, it]) => it !== '')
  const values: Part = meanings
    ? table(
        ['value', 'meaning'],
        all.map(([it, text]) => [markup`<code>${it}</code>`, text]),
      )
    : markup`<p>${all.map(([it]) => markup`<code>${it}</code> `)}</p>`
  return markup`${headOf(type, root)}<p class="note">${restrictionCell(type)}</p>
    ${all.length === 0 ? '' : values}`
}

function headOf(type: Type, root: Type): Html {
  const { text, cim } = wordsOfType(type, root)
  return markup`<h3 id="${typeId(type)}">${type.name} ${cimCell(cim)}</h3>${text === '' ? '' : markup`<p>${text}</p>`}`
}
