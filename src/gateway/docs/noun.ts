// What the documentation needs to know of one noun in one edition and variant, gathered once for its page.

import { verbsOf } from '../../envelope/verbs.ts'
import type { Flow } from '../../flows/flow.ts'
import type { CatalogueEntry, NounEntry } from '../../schema/catalogue.ts'
import { documented, documentationLines } from '../../schema/documentation.ts'
import type { Declared } from '../../schema/message-json.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { attribute } from '../../envelope/element.ts'
import { flowIn } from '../flow-in.ts'

/** Which of a noun's schemas is wanted. */
export interface Wanted {
  readonly verb?: string
  readonly namespace?: string
}

/** One noun as a page shows it. */
export interface DocumentedNoun {
  readonly noun: string
  /** one sentence; empty where the schema has none */
  readonly summary: string
  readonly declared: Declared
  readonly entry: CatalogueEntry
  /** its line in the catalogue */
  readonly row: NounEntry | undefined
  /** all lines of the noun: other variants and editions */
  readonly rows: readonly NounEntry[]
  /** words of the schema file about itself */
  readonly provenance: readonly string[]
  readonly version: string
  /** the noun that it asks for, where it is a query */
  readonly queried: string | undefined
  readonly queriedBy: string | undefined
  /** what each verb does with it, in the order of the verbs */
  readonly flows: readonly (readonly [verb: string, flow: Flow])[]
}

/** Undefined when the catalogue has no such noun in that edition. */
export function documentedNoun(
  schemas: SchemaSet,
  noun: string,
  { verb, namespace }: Wanted = {},
): DocumentedNoun | undefined {
  const { catalogue } = schemas
  const rows = catalogue.nouns.filter((it) => it.noun === noun)
  const entry = catalogue.select(namespace, noun, verb)
  const declared = schemas.payload(namespace, noun, verb)
  if (rows.length === 0 || entry === undefined || declared === undefined) return undefined
  const { root } = entry.file
  return {
    noun,
    summary: summaryOf(declared),
    declared,
    entry,
    row: rows.find((it) => it.path === entry.file.path && it.payloadNs === entry.targetNamespace),
    rows,
    provenance: documentationLines(root),
    version: attribute(root, 'version') ?? '',
    queried: catalogue.queried(noun),
    queriedBy: catalogue.queryOf(noun),
    flows: flowsOf(schemas, noun),
  }
}

/** What the schema says of the root, else of its type. */
export function summaryOf({ decl }: Declared): string {
  return documented(decl).text || documented(decl.type).text
}

function flowsOf(schemas: SchemaSet, noun: string): DocumentedNoun['flows'] {
  const flow = flowIn(schemas)
  const verbs = [...verbsOf('request'), ...verbsOf('event')]
  return verbs.flatMap((verb) => {
    const found = flow(noun, verb)
    return found === undefined ? [] : [[verb, found] as const]
  })
}
