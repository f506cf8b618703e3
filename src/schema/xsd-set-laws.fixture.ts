// For tests only: what must hold for every schema set: it compiles, its samples are valid and survive the way through
// JSON, its mutants are refused for what is wrong with them, and its JSON Schema takes what its XSD takes.

import { openXmlIn } from '../shell/xml-in/index.ts'
import { catalogueOf } from './catalogue.ts'
import type { SchemaFile } from './catalogue.ts'
import { diagnose } from './diagnose.ts'
import { sameJson, writeJson } from './json-text.ts'
import type { JsonObject } from './json-text.ts'
import { SCHEMAS, bare, canonical, permuted, tree } from './laws.fixture.ts'
import { messageFromJson } from './message-xml.ts'
import type { Declared } from './message-json.ts'
import { mutants } from './mutate.ts'
import type { Expectation, Mutant } from './mutate.ts'
import { randomOf } from './random.ts'
import { sampleMessage, sampleRoot } from './sample.ts'
import { filesOf } from './schema.fixture.ts'
import { schemasOf } from './schemas.ts'
import type { SchemaSet } from './schemas.ts'
import type { XsdSet } from './xsd-set.fixture.ts'

/** Where a law does not hold. */
export interface Difference {
  readonly law: string
  readonly what: string
}

/** A set that is opened: its roots, and how documents are judged by it. */
interface Bench {
  readonly schemas: SchemaSet
  readonly roots: readonly Root[]
  readonly judge: (xml: string) => ReturnType<ReturnType<typeof openXmlIn>['judgeInline']>
}

interface Root extends Declared {
  readonly file: SchemaFile
}

/**
 * Every difference that the set shows.
 * @param samples of each root
 */
export function differencesOf(set: XsdSet, samples: number): readonly Difference[] {
  const own = filesOf(withFolder(set.files))
  const schemas = schemasOf(
    catalogueOf([
      ...own,
      ...SCHEMAS.catalogue.entries
        .map((it) => it.file)
        .filter((it) => it.path.startsWith('xsd/') || /xsd.part100/.test(it.path)),
    ]),
  )
  const xmlIn = openXmlIn(schemas, [])
  const bench: Bench = {
    schemas,
    roots: own.flatMap((file) => rootsOf(file, schemas)),
    judge: (xml) => xmlIn.judgeInline(Buffer.from(xml), { json: true }),
  }
  try {
    const made = bench.roots.flatMap((root) => rootDifferences(root, bench, samples))
    const all = made.length > 0 ? made : mutantDifferences(bench)
    return all.map((it) => ({ ...it, what: `${it.what}\n${set.label}` }))
  } finally {
    void xmlIn.close()
  }
}

function withFolder(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/1/${path}`, text]))
}

/** Of this file, the roots that it is chosen for. */
function rootsOf(file: SchemaFile, schemas: SchemaSet): readonly Root[] {
  const entry = schemas.catalogue.entries.find((it) => it.file === file)
  const model = schemas.modelOf(file)
  return (entry?.roots ?? []).flatMap((name) => {
    const decl = [...model.elements.values()].find(
      (it) => it.name === name && it.ns === entry?.targetNamespace,
    )
    return decl === undefined || decl.abstract ? [] : [{ decl, model, file }]
  })
}

function rootDifferences(root: Root, bench: Bench, samples: number): readonly Difference[] {
  const found: Difference[] = []
  for (let seed = 0; seed < samples; seed += 1) {
    const json = bare(root.decl, sampleRoot(root, seed))
    const xml = xmlOf(json, bench, found)
    if (xml === undefined) continue
    const judgement = bench.judge(xml)
    const [first] = judgement.findings
    const at = `${root.decl.name} of ${root.file.location} seed ${seed}\n${xml}`
    if (judgement.verdict !== 'valid') {
      found.push({
        law: 'valid',
        what: `${judgement.verdict} ${first?.rule}: ${first?.message}\n${first?.path}\n${at}`,
      })
      if (judgement.verdict === 'engine-error') break
      continue
    }
    if (!sameJson(judgement.json, json))
      found.push({
        law: 'P-03',
        what: `\n${writeJson(json)}\n${writeJson(judgement.json ?? null)}\n${at}`,
      })
    const before = canonical(tree(xml))
    const again = xmlOf(judgement.json ?? {}, bench, found)
    if (again !== undefined && canonical(tree(again)) !== before)
      found.push({ law: 'P-02', what: `\n${again}\n${at}` })
    const other = xmlOf(permuted(json, randomOf(seed, 'permute')) as JsonObject, bench, found)
    if (other !== undefined && canonical(tree(other)) !== before)
      found.push({ law: 'P-05', what: `\n${other}\n${at}` })
    const ours = diagnose(tree(xml), root.decl, root.model, 'payload-xsd')
    if (ours.length > 0)
      found.push({ law: 'diagnosis', what: `${ours[0]?.rule} ${ours[0]?.message}\n${at}` })
  }
  return found
}

function xmlOf(json: JsonObject, { schemas }: Bench, found: Difference[]): string | undefined {
  const { xml, issues } = messageFromJson(json, schemas)
  const [first] = issues
  if (first === undefined) return xml
  found.push({
    law: 'written',
    what: `${first.rule} ${first.message}\n${first.path}\n${writeJson(json)}`,
  })
  return undefined
}

const MOST_MUTANTS = 60

/** A message must be right before it can be broken. */
function mutantsOf(
  schemas: SchemaSet,
  noun: string,
  seed: number,
  judge: Bench['judge'],
): readonly Mutant[] {
  const message = sampleMessage(schemas, noun, { verb: 'create', seed })
  if (message === undefined) return []
  const { xml } = messageFromJson(message, schemas)
  const expect: readonly Expectation[] = []
  if (judge(xml).verdict !== 'valid') return [{ name: 'none', xml, expect }]
  return mutants(schemas, noun, { verb: 'create', seed, count: MOST_MUTANTS })
}

function mutantDifferences({ schemas, roots, judge }: Bench): readonly Difference[] {
  const nouns = new Set(roots.filter((it) => it.decl.ns !== '').map((it) => it.decl.name))
  return [...nouns].flatMap((noun) =>
    [0, 1].flatMap((seed) =>
      mutantsOf(schemas, noun, seed, judge).flatMap((it) => {
        const found = judge(it.xml ?? '').findings
        const [is, due] = [found, it.expect].map((list) =>
          [...new Set(list.map(({ rule, path }) => `${rule} ${path}`))].sort().join('; '),
        )
        return is === due
          ? []
          : [
              {
                law: 'mutant',
                what: `${it.name}: ${is} | due ${due}\n${noun} seed ${seed}\n${it.xml}`,
              },
            ]
      }),
    ),
  )
}
