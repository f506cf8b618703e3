// For tests only: what must hold for every schema set: it compiles, its samples are valid and obey every law of
// laws/table.fixture.ts, its mutants are refused for what is wrong with them, its JSON Schema takes what its XSD takes, and
// what the XSD engine refuses has a finding of ours.

import { writeElement } from '../../envelope/write.ts'
import { catalogueOf } from '../catalogue.ts'
import type { SchemaFile } from '../catalogue.ts'
import { diagnose } from '../diagnose/diagnose.ts'
import { tried } from '../laws/cases.fixture.ts'
import { editedBlindly } from '../laws/edits.fixture.ts'
import { differencesIn } from '../laws/json-schema.fixture.ts'
import { SCHEMAS, benchOf, payloadsOf, tree } from '../laws/laws.fixture.ts'
import type { Bench, Case, Root } from '../laws/laws.fixture.ts'
import { writeJson } from '../json-text.ts'
import { messageFromJson } from '../message-xml.ts'
import { readOwn } from '../mutate/tree.ts'
import { mutants } from '../mutate/mutate.ts'
import type { Expectation, Mutant, MutantOptions } from '../mutate/mutate.ts'
import { randomOf } from '../random.ts'
import { sampleMessage } from '../sample/sample.ts'
import { filesOf } from '../schema.fixture.ts'
import { schemasOf } from '../schemas.ts'
import type { SchemaSet } from '../schemas.ts'
import { KEYED } from './xsd-set.fixture.ts'
import type { XsdSet } from './xsd-set.fixture.ts'

/** Where a law does not hold. */
export interface Difference {
  readonly law: string
  readonly what: string
}

/**
 * Every difference that the set shows.
 * @param samples of each root
 */
export function differencesOf(set: XsdSet, samples: number): readonly Difference[] {
  const own = filesOf(withFolder(set.files))
  const schemas = schemasOf(catalogueOf([...own, ...SHIPPED]))
  const bench = benchOf(schemas)
  try {
    const all = own.flatMap((file) => rootsOf(file, schemas, bench))
    const roots = all.filter((it) => it.noun !== KEYED)
    const keyed = all.filter((it) => it.noun === KEYED)
    const made = [
      ...roots.flatMap((root) => rootDifferences(root, samples)),
      ...keyed.flatMap((root) => keyDifferences(root, samples)),
    ]
    const found = made.length > 0 ? made : mutantDifferences(bench, roots, samples * MUTANTS_EACH)
    return found.map((it) => ({ ...it, what: `${it.what}\n${set.label}` }))
  } catch (error) {
    return [{ law: 'no error', what: `${String(error)}\n${set.label}` }]
  } finally {
    bench.dispose()
  }
}

/** for the envelope */
const SHIPPED: readonly SchemaFile[] = SCHEMAS.catalogue.entries
  .map((it) => it.file)
  .filter((it) => it.path.startsWith('xsd/') || /xsd.part100/.test(it.path))

function withFolder(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/1/${path}`, text]))
}

/** Of this file, the roots that it is chosen for. */
function rootsOf(file: SchemaFile, schemas: SchemaSet, bench: Bench): readonly Root[] {
  const entry = schemas.catalogue.entries.find((it) => it.file === file)
  const model = schemas.modelOf(file)
  return (entry?.roots ?? []).flatMap((noun) => {
    const decl = [...model.elements.values()].find(
      (it) => it.name === noun && it.ns === entry?.targetNamespace,
    )
    return decl === undefined || decl.abstract ? [] : [{ decl, model, noun, bench }]
  })
}

/** documents near those that are valid, and edited ones, for each sample */
const NEAR_EACH = 4
const EDITED_EACH = 4

function rootDifferences(root: Root, samples: number): readonly Difference[] {
  const cases = payloadsOf(root, samples)
  const laws = tried(cases).flatMap(({ law, broken }) => broken.map((what) => ({ law, what })))
  if (laws.length > 0) return laws
  const near = differencesIn(root, samples * NEAR_EACH, '')
    .filter((it) => it.limit === undefined)
    .map(({ accepted, label, json, rules, errors }) => ({
      law: 'JSON Schema',
      what: `${accepted ? 'takes' : 'refuses'} ${label}: ${[...rules, ...errors].join(' ')}\n${writeJson(json)}`,
    }))
  return [...near, ...cases.flatMap((it) => diagnosisDifferences(it, root))]
}

/** The diagnosis finds something exactly where the XSD engine does. */
function diagnosisDifferences({ json, label }: Case, root: Root): readonly Difference[] {
  const own = readOwn(messageFromJson(json, root.bench.schemas).xml)
  const documents = [
    writeElement(own),
    ...Array.from({ length: EDITED_EACH }, (_, at) =>
      writeElement(editedBlindly(own, randomOf(at, `edit ${label}`))),
    ),
  ]
  return documents.flatMap((xml) => {
    const { verdict, findings } = root.bench.judged(xml)
    const ours = diagnose(tree(xml), root.decl, root.model, 'payload-xsd')
    const due = ours.length > 0 ? 'invalid' : 'valid'
    if (verdict === due) return []
    const [first] = verdict === 'invalid' ? findings : ours
    const what = `${label} is ${verdict}: ${first?.rule} ${first?.message}\n${xml}`
    return [{ law: 'diagnosis', what }]
  })
}

/** Of keys the XSD engine alone knows: a sample of a root that has some may break them, and nothing else. */
function keyDifferences(root: Root, samples: number): readonly Difference[] {
  return payloadsOf(root, samples).flatMap(({ json, label }) => {
    const { xml } = messageFromJson(json, root.bench.schemas)
    const { findings, verdict } = root.bench.judged(xml)
    const others = findings.filter((it) => !it.rule.startsWith('cvc-identity-constraint'))
    if (others.length === 0 && ['valid', 'invalid'].includes(verdict)) return []
    return [{ law: 'keys', what: `${label} is ${verdict}: ${others[0]?.message}\n${xml}` }]
  })
}

/** for each sample that is asked for */
const MUTANTS_EACH = 10

function mutantDifferences(
  bench: Bench,
  roots: readonly Root[],
  count: number,
): readonly Difference[] {
  const nouns = new Set(roots.filter((it) => it.decl.ns !== '').map((it) => it.noun))
  return [...nouns].flatMap((noun) =>
    [0, 1].flatMap((seed) =>
      mutantsOf(bench, noun, { seed, count }).flatMap(({ name, xml = '', expect }) => {
        const [is, due] = [bench.judged(xml).findings, expect].map(setOf)
        if (is === due) return []
        return [
          { law: 'mutant', what: `${name}: ${is} | due ${due}\n${noun} seed ${seed}\n${xml}` },
        ]
      }),
    ),
  )
}

/** A message must be right before it can be broken. */
function mutantsOf(
  { schemas, judged }: Bench,
  noun: string,
  options: MutantOptions,
): readonly Mutant[] {
  const message = sampleMessage(schemas, noun, { ...options, verb: 'create' })
  if (message === undefined) return []
  const { xml } = messageFromJson(message, schemas)
  if (judged(xml).verdict !== 'valid') return [{ name: 'none', xml, expect: [] }]
  return mutants(schemas, noun, { ...options, verb: 'create' })
}

function setOf(list: readonly Expectation[]): string {
  return [...new Set(list.map(({ rule, path }) => `${rule} ${path}`))].sort().join('; ')
}
