// Unconstrained variants as entries of the catalogue: made of an entry when somebody first asks for one.

import type { SchemaFile } from './catalogue.ts'
import type { SchemaDocument } from './compile/compile.ts'
import { isPayload } from './entry.ts'
import type { CatalogueEntry } from './entry.ts'
import { loweredClosure } from './unconstrained.ts'
import { factsOf } from './schema-facts.ts'
import type { SchemaFacts } from './schema-facts.ts'

/** The derived variants of a catalogue. */
export interface Derivation {
  /** the variant of an entry; undefined where the schema says that there is none */
  readonly of: (entry: CatalogueEntry) => CatalogueEntry | undefined
  /** a derived file by its location */
  readonly file: (location: string) => SchemaFile | undefined
  /** the closure of a derived file by its location */
  readonly documents: (location: string) => readonly SchemaDocument[] | undefined
}

/** @param closure of a file that is loaded */
export function derivation(
  all: readonly CatalogueEntry[],
  closure: (file: SchemaFile) => readonly SchemaDocument[],
  facts: (file: SchemaFile) => SchemaFacts,
): Derivation {
  const made = new Map<CatalogueEntry, CatalogueEntry | undefined>()
  const sources = new Map<string, CatalogueEntry>()
  const files = new Map<string, SchemaFile>()
  const closures = new Map<string, readonly SchemaDocument[]>()

  function of(entry: CatalogueEntry): CatalogueEntry | undefined {
    if (!made.has(entry)) made.set(entry, variantOf(entry))
    return made.get(entry)
  }

  function variantOf(entry: CatalogueEntry): CatalogueEntry | undefined {
    if (entry.files.some((it) => facts(it).constrainedOnly)) return undefined
    const { file } = entry
    const location = `${placeOf(entry)}${file.location}`
    // Its tree is made when somebody reads it: listing the catalogue takes none.
    const derived: SchemaFile = {
      location,
      path: `${file.path} (unconstrained, derived)`,
      shipped: file.shipped,
      sha256: file.sha256,
      get root() {
        return documents(location)?.[0]?.root ?? file.root
      },
    }
    sources.set(location, entry)
    files.set(location, derived)
    return { ...entry, file: derived, verbs: CHANGE, derived: true }
  }

  function placeOf(entry: CatalogueEntry): string {
    return `/unconstrained/${all.indexOf(entry)}`
  }

  function documents(location: string): readonly SchemaDocument[] | undefined {
    const source = sources.get(location)
    const known = closures.get(location)
    if (source === undefined || known !== undefined) return known
    const lowered = loweredClosure(
      closure(source.file),
      isPayloadDocument,
      (it) => `${placeOf(source)}${it}`,
    )
    closures.set(location, lowered)
    return lowered
  }

  return { of, file: (location) => files.get(location), documents }
}

const CHANGE: ReadonlySet<string> = new Set(['change'])

/** The envelope is the same for all. */
function isPayloadDocument({ root, targetNamespace }: SchemaDocument): boolean {
  return isPayload({ targetNamespace, roots: factsOf(root).roots.map(({ name }) => name) })
}
