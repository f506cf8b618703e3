// What schema files ask for and nobody has, in sentences with a place: files, and names that no file defines.

import { attribute } from '../../envelope/element.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { missingReferences } from '../../schema/missing.ts'
import { placeAt } from '../../schema/schema-place.ts'
import { undefinedNames } from '../../schema/undefined-names.ts'
import type { UndefinedName } from '../../schema/undefined-names.ts'
import type { Core } from './terminal.ts'

/** What is wrong with one file, with its place where one is known. */
export interface Finding {
  readonly place: string
  readonly message: string
}

type Schemas = Pick<Core, 'schemas'>

/** Every reference of the file that leads nowhere. */
export function missingIn(file: SchemaFile, { schemas }: Schemas): readonly Finding[] {
  const missing = missingReferences(schemas.catalogue.linked(file))
  const locate = missing.length === 0 ? undefined : file.locator?.()
  // In the order of the file: the locator reads on from where it is.
  return missing.map(({ node, what, add }) => ({
    place: placeAt(file.path, locate?.(node.index)),
    message: `the ${what} is not in the folder; add ${add}. Nothing is fetched from elsewhere.`,
  }))
}

/** What the folders of `--xsd` ask for in vain; imported sets have been found whole when they were imported. */
export function unresolvedIn(core: Schemas): readonly Finding[] {
  const { files } = core.schemas.catalogue
  const given = files.filter((it) => !it.shipped && it.edition === undefined)
  const missing = given.flatMap((it) => missingIn(it, core))
  // Where a file is missing, names are missing too.
  if (missing.length > 0) return atMost(missing)
  return atMost(placed(undefinedNames(given, files, namespaceOf)))
}

function namespaceOf({ facts, root }: SchemaFile): string {
  return facts?.targetNamespace ?? attribute(root, 'targetNamespace') ?? ''
}

/** findings that are told; the rest is much the same */
const MOST_TOLD = 20

function atMost(findings: readonly Finding[]): readonly Finding[] {
  const rest = findings.slice(MOST_TOLD)
  const [first] = rest
  if (first === undefined) return findings
  const { place } = first
  return [
    ...findings.slice(0, MOST_TOLD),
    { place, message: `and ${rest.length} more from here on.` },
  ]
}

/** Only what is told is looked for in the text of its file. */
function placed(names: readonly UndefinedName[]): readonly Finding[] {
  const locators = new Map<SchemaFile, ReturnType<NonNullable<SchemaFile['locator']>>>()
  return names.map(({ file, node, kind, name, ns }, at) => {
    if (at <= MOST_TOLD && !locators.has(file)) locators.set(file, file.locator?.())
    const space = ns === '' ? 'no namespace' : `the namespace ${ns}`
    return {
      place: placeAt(file.path, locators.get(file)?.(node.index)),
      message: `no file defines the ${kind} ${name} of ${space}; mind its prefix, or add the file that defines it.`,
    }
  })
}

/** Namespaces in which no document can be, or which mean something else in every place. */
export function oddNamespaces(files: readonly SchemaFile[]): readonly Finding[] {
  return files
    .filter((it) => namespaceOf(it) !== '' && !ABSOLUTE.test(namespaceOf(it)))
    .map((it) => ({
      place: placeAt(it.path, it.locator?.()?.(0)),
      message: `its targetNamespace ${namespaceOf(it)} is no absolute URI, and parsers may refuse what is in it; write one that begins with http:// or urn:.`,
    }))
}

/** RFC 3986 4.3, as far as it matters: a scheme, and none of the characters that have to be escaped */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/
