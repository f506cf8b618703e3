// `npm run test:laws -- [NOUN…] [--from NOUN] [--count N] [--seed N] [--sets N]`: every law over a thousand messages of each
// noun, then over the messages of generated schema sets.
// A broken law is told with the command that makes its message again; a run goes on behind it, and can begin anywhere.

import { parseArgs } from 'node:util'
import { casesOf, tried } from './cases.fixture.ts'
import type { Tried } from './cases.fixture.ts'
import { differencesIn } from './json-schema.fixture.ts'
import { inexact } from './mutants.fixture.ts'
import { NOUNS, SCHEMAS, variantsOf } from './laws.fixture.ts'
import { sampleVerbs } from '../sample/sample.ts'
import { xsdSet } from '../xsd-set/xsd-set.fixture.ts'
import { differencesOf } from '../xsd-set/laws.fixture.ts'

const COUNT = 1000
const SETS = 100
/** of each root of a set */
const SAMPLES = 3
/** differences of one set that are told */
const MOST_TOLD = 3

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    count: { type: 'string', default: String(COUNT) },
    seed: { type: 'string', default: '0' },
    sets: { type: 'string' },
  },
})

const nouns = chosen()
const sets = Number(values.sets ?? (positionals.length === 0 ? SETS : 0))
const [count, seed] = [Number(values.count), Number(values.seed)]
let passed = 0
let failed = 0
nouns.forEach((noun, at) => {
  const started = performance.now()
  const all = [...tried(casesOf(noun, count, seed)), schemaLaw(noun), mutantLaw(noun)]
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const broken = all.filter((it) => it.broken.length > 0)
  passed += all.length - broken.length
  failed += broken.length
  const place = `[${String(at + 1).padStart(String(nouns.length).length)}/${nouns.length}]`
  console.log(`${place} ${noun}  ${count} messages  ${seconds} s  ${summary(all)}`)
  for (const { law, broken: told } of broken)
    for (const it of told) console.log(`  ${law} is broken: ${it.replaceAll('\n', '\n    ')}`)
})
for (const { label, seconds, differences } of setsFrom(seed, sets)) {
  const isBroken = differences.length > 0
  passed += isBroken ? 0 : 1
  failed += isBroken ? 1 : 0
  console.log(`${label}  ${seconds} s  ${isBroken ? 'BROKEN' : 'every law holds'}`)
  for (const { law, what } of differences.slice(0, MOST_TOLD))
    console.log(`  ${law} is broken: ${what.replaceAll('\n', '\n    ')}`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)

/** The nouns that are named, those from one on, or all; none where only sets are asked for. */
function chosen(): readonly string[] {
  const all = [...NOUNS].sort()
  const strange = [...positionals, values.from ?? ''].find((it) => it !== '' && !all.includes(it))
  if (strange !== undefined) {
    console.error(`There is no noun ${strange}; \`cimgate schemas list\` names them.`)
    process.exit(2)
  }
  if (positionals.length > 0) return positionals
  if (values.sets !== undefined && values.from === undefined) return []
  return values.from === undefined ? all : all.slice(all.indexOf(values.from))
}

/** P-03 again: the JSON Schema of each variant takes exactly what the XSD takes. */
function schemaLaw(noun: string): Tried {
  const told = variantsOf(noun).flatMap((it) =>
    differencesIn(it, count, it.verb, seed)
      .filter(({ limit }) => limit === undefined)
      .map(
        ({ label, accepted, rules, errors }) =>
          `${accepted ? 'takes' : 'refuses'} ${label}: ${[...rules, ...errors]}`,
      ),
  )
  return { law: 'JSON Schema', applied: count, broken: told.slice(0, 3) }
}

/** Every mutant of every message there is gives exactly the findings that are due. */
function mutantLaw(noun: string): Tried {
  const made = [false, true].flatMap((typed) =>
    sampleVerbs(SCHEMAS, noun, typed).flatMap((verb) =>
      [false, true].map((json) => inexact(noun, { verb, typed, json, seed, ...share(verb) })),
    ),
  )
  const applied = made.reduce((sum, it) => sum + it.count, 0)
  return { law: 'mutants', applied, broken: made.flatMap((it) => it.broken).slice(0, 3) }
}

/** Everything under the verbs of the two variants, and of the others some: the envelope alone differs. */
function share(verb: string): { readonly count?: number } {
  return ['create', 'change', 'get'].includes(verb) ? {} : { count: 60 }
}

/** How many messages each law had something to say of. */
function summary(all: readonly Tried[]): string {
  return all
    .map(({ law, applied, broken }) => `${law} ${broken.length > 0 ? 'BROKEN' : applied}`)
    .join(', ')
}

/** Generated schema sets, judged one after the other. */
function* setsFrom(from: number, many: number) {
  for (let at = from; at < from + many; at += 1) {
    const started = performance.now()
    const set = xsdSet(at)
    const differences = differencesOf(set, SAMPLES)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const place = `[${String(at - from + 1).padStart(String(many).length)}/${many}]`
    yield { label: `${place} set of ${set.label}`, seconds, differences }
  }
}
