// cimgate schemas diff: what an edition adds, lacks, renames, constrains or relaxes against the schema that is shipped.

import { catalogueOf } from '../../schema/catalogue.ts'
import type { Catalogue, NounEntry } from '../../schema/catalogue.ts'
import { differences } from '../../schema/diff/diff.ts'
import type { Difference } from '../../schema/diff/diff.ts'
import { schemasOf } from '../../schema/schemas.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { SchemasCommand } from './schemas.ts'
import { table } from './table.ts'
import { UsageError, withCore } from './terminal.ts'
import type { CommonOptions, ExitCode, Terminal, Tools } from './terminal.ts'

/** Two editions of one noun, and how they differ. */
export interface Comparison {
  readonly noun: string
  readonly ours: NounEntry
  readonly theirs: NounEntry
  readonly differences: readonly Difference[]
}

/** @returns 0 no difference · 1 differences · 2 there are no two editions to compare */
export function runDiff(
  tools: Tools,
  { target: noun, edition, format }: SchemasCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (noun === undefined) throw new UsageError('Say which noun: cimgate schemas diff NOUN.')
  return withCore(tools, options, terminal, async ({ schemas }) => {
    const compared = compareEditions(schemas.catalogue, noun, edition)
    if ('problem' in compared) throw new UsageError(compared.problem)
    terminal.out(format === 'json' ? jsonOf(compared) : textOf(compared))
    return compared.differences.length === 0 ? 0 : 1
  })
}

/**
 * An edition that is not shipped against the shipped one.
 * @param edition key; by default the first in the order of the catalogue
 */
export function compareEditions(
  catalogue: Catalogue,
  noun: string,
  edition?: string,
): Comparison | { readonly problem: string } {
  const rows = [...catalogue.nouns, ...catalogue.shadowed].filter(
    (it) => it.noun === noun && !it.derived,
  )
  if (rows.length === 0) {
    const near = catalogue.suggestNoun(noun)
    return {
      problem: `There is no noun ${noun}. ${near === undefined ? '"cimgate schemas list" shows all.' : `Did you mean ${near}?`}`,
    }
  }
  const foreign = rows.filter((it) => it.status === 'imported')
  const keys = [...new Set(foreign.map((it) => it.key))]
  const key = edition ?? keys[0]
  if (key === undefined || !keys.includes(key))
    return {
      problem: `There is no ${edition ?? 'imported'} edition of ${noun}; ${keys.length === 0 ? 'import one, or name a folder with --xsd' : `there are ${keys.join(', ')}`}.`,
    }
  if (foreign.length === rows.length)
    return { problem: `cimgate ships no schema of ${noun}, so there is nothing to compare with.` }
  const shipped = schemasOf(catalogueOf(catalogue.files.filter((it) => it.shipped)))
  const chosen = schemasOf(catalogueOf(catalogue.files, { [noun]: key }))
  return compare(noun, shipped, chosen)
}

/** The variant for whole objects of both. */
function compare(
  noun: string,
  shipped: SchemaSet,
  chosen: SchemaSet,
): Comparison | { readonly problem: string } {
  const [ours, theirs] = [shipped, chosen].map((it) => it.payload(undefined, noun, 'create'))
  const [own, other] = [shipped, chosen].map(({ catalogue }) => rowCompared(noun, catalogue))
  if (ours === undefined || theirs === undefined || own === undefined || other === undefined)
    return { problem: `${noun} is declared by no schema that can be compared.` }
  return { noun, ours: own, theirs: other, differences: differences(ours, theirs) }
}

/** The row of the file that `create` is judged by: a noun has one for each of its variants. */
function rowCompared(noun: string, { nouns, select }: Catalogue): NounEntry | undefined {
  const path = select(undefined, noun, 'create')?.file.path
  return nouns.find((it) => it.noun === noun && it.path === path && it.selected && !it.derived)
}

const SIGNS: Readonly<Record<Difference['kind'], string>> = {
  added: '+',
  missing: '-',
  renamed: '~',
  constrained: '<',
  relaxed: '>',
  changed: '!',
  moved: '^',
}

/** How many differences of each kind there are, as `3 added, 1 missing`; `the same` where there is none. */
export function counted(list: readonly Difference[]): string {
  const kinds = Object.keys(SIGNS) as readonly Difference['kind'][]
  const parts = kinds
    .map((kind) => [list.filter((it) => it.kind === kind).length, kind] as const)
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${count} ${kind}`)
  return parts.length === 0 ? 'the same' : parts.join(', ')
}

function textOf({ noun, ours, theirs, differences: list }: Comparison): string {
  const head = `${noun}: ${theirs.key} (${theirs.path}) against ${ours.key} (${ours.path})\n`
  if (list.length === 0) return `${head}no difference\n`
  return `${head}\n${table(COLUMNS, list)}\n${list.length} ${list.length === 1 ? 'difference' : 'differences'}: ${counted(list)}\n`
}

const COLUMNS: readonly (readonly [string, (it: Difference) => string])[] = [
  ['', ({ kind }) => SIGNS[kind]],
  ['path', ({ path, also }) => (also > 0 ? `${path} (and ${also} more like it)` : path)],
  ['edition has it', ({ kind }) => kind],
  ['what', ({ of }) => of],
  ['shipped', ({ ours }) => ours || '–'],
  ['edition', ({ theirs }) => theirs || '–'],
]

function jsonOf({ noun, ours, theirs, differences: list }: Comparison): string {
  const of = ({ key, payloadNs, path, sha256 }: NounEntry) => ({
    key,
    namespace: payloadNs,
    file: path,
    sha256,
  })
  return `${JSON.stringify({ noun, shipped: of(ours), edition: of(theirs), differences: list }, null, 2)}\n`
}
