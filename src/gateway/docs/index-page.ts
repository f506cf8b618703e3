// The list of all nouns, part by part.

import { NO_NAMESPACE } from '../../schema/bare.ts'
import type { NounEntry } from '../../schema/catalogue.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { familyOf } from '../nouns.ts'
import { usable } from '../usable.ts'
import { markup } from './html.ts'
import type { Html, Part } from './html.ts'
import { summaryOf } from './noun.ts'
import { nounLink } from './noun-page.ts'
import type { Page } from './page.ts'

/** Called before the schema of a noun is worked with. */
type Begin = (noun: string) => void

/** Every noun with one sentence. */
export function indexPage(schemas: SchemaSet, begin: Begin): Page {
  const families = familiesIn(schemas)
  const count = [...families.values()].reduce((sum, it) => sum + it.length, 0)
  const body = markup`<h1>Nouns</h1>
    <p class="lead">${count} nouns, each described by its XSD alone: element, cardinality, type, CIM class and samples. What is here is what this server judges and keeps.</p>
    ${[...families].map(([name, rows]) => family(name, rows, schemas, begin))}`
  const contents = [...families.keys()].map((name) => [idOf(name), name] as const)
  return { title: 'Nouns', about: 'The nouns that this server knows.', at: '/docs', body, contents }
}

function familiesIn({ catalogue }: SchemaSet): ReadonlyMap<string, readonly NounEntry[]> {
  const families = new Map<string, NounEntry[]>()
  const seen = new Set<string>()
  const sorted = [...catalogue.nouns].sort((a, b) => order(a, b))
  for (const it of sorted) {
    if (seen.has(it.noun)) continue
    seen.add(it.noun)
    const name = familyOf(it)
    const rows = families.get(name)
    if (rows === undefined) families.set(name, [it])
    else rows.push(it)
  }
  return families
}

/** The chosen edition stands for a noun; parts by number, drafts and what is imported behind them. */
function order(a: NounEntry, b: NounEntry): number {
  if (a.noun === b.noun) return Number(b.selected) - Number(a.selected)
  const parts = familyOf(a).localeCompare(familyOf(b), 'en', { numeric: true })
  const [one, other] = [a, b].map((it) => Number(!familyOf(it).startsWith('IEC')))
  return (one ?? 0) - (other ?? 0) || parts || a.noun.localeCompare(b.noun, 'en')
}

function idOf(family: string): string {
  return family.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function family(name: string, rows: readonly NounEntry[], schemas: SchemaSet, begin: Begin): Html {
  const lines = rows.map((it) => {
    const tag = markup`<span class="tag ${it.status}">${it.status}</span>`
    return markup`<tr><td>${nounLink(it.noun)}</td><td>${summaryIn(it.noun, schemas, begin)}</td><td>${it.key}</td><td>${tag}</td><td>${it.payloadNs === '' ? `None: ${NO_NAMESPACE}.` : markup`<code>${it.payloadNs}</code>`}</td></tr>\n`
  })
  return markup`<h2 id="${idOf(name)}">${name}</h2>
    <table class="nouns"><thead><tr><th scope="col">Noun</th><th scope="col">What</th><th scope="col">Edition</th><th scope="col">Status</th><th scope="col">Namespace</th></tr></thead>
    <tbody>
    ${lines}</tbody>
    </table>`
}

/** What the noun is, or why nothing can be done with its schema. */
function summaryIn(noun: string, schemas: SchemaSet, begin: Begin): Part {
  const found = usable(() => {
    begin(noun)
    return schemas.payload(undefined, noun, undefined)
  })
  if ('unusable' in found) return markup`<strong>Unusable schema:</strong> ${found.unusable}.`
  return found.made === undefined ? '' : summaryOf(found.made)
}
