// Every mutant is judged, and the judge must find what the mistake makes due: no more, no less.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { VERBS } from '../../envelope/verbs.ts'
import { inexact } from '../laws/mutants.fixture.ts'
import { NOUNS, ROOTS, SCHEMAS } from '../laws/laws.fixture.ts'
import type { ElementDecl, Model, Particle } from '../model.ts'
import { mutants } from './mutate.ts'
import type { Mutant, MutantOptions } from './mutate.ts'
import { sampleVerbs } from '../sample/sample.ts'

const mutate = suite('mutate')

const [NOUN = ''] = NOUNS

function assertExact(noun: string, options: MutantOptions): number {
  const { count, broken } = inexact(noun, options)
  assert.is(broken.length, 0, broken[0])
  return count
}

// `npm run test:laws` takes all of them, under every verb.
NOUNS.forEach((noun, at) => {
  mutate(`makes mutants of ${noun} that give exactly the findings that are due`, () => {
    for (const json of [false, true]) assert.ok(assertExact(noun, { json, count: 40 }) > 10)
    const verbs = sampleVerbs(SCHEMAS, noun)
    const verb = verbs[at % verbs.length] ?? ''
    assertExact(noun, { verb, count: 20, seed: at % 3 })
    assertExact(noun, { verb: verbs.at(-1) ?? '', typed: true, count: 10 })
  })
})

/** Names of all elements that a type may hold, but for the branches of a choice that are not its first. */
function elementsOf(
  decl: ElementDecl,
  model: Model,
  way: readonly string[] = [],
): readonly string[] {
  if (decl.type.kind === 'simple' || decl.type.content.kind !== 'particle') return []
  const inside = [...way, decl.name]
  const within = (it: Particle): readonly ElementDecl[] => {
    if (it.kind === 'any') return []
    if (it.kind === 'element') return [it.decl]
    return (it.kind === 'choice' ? it.items.slice(0, 1) : it.items).flatMap(within)
  }
  return within(decl.type.content.particle)
    .filter((it) => !inside.includes(it.name))
    .flatMap((it) => [it.name, ...elementsOf(it, model, inside)])
}

mutate('breaks every element that the schema of a noun has', () => {
  for (const noun of [NOUNS[0] ?? '', NOUNS.at(-1) ?? '']) {
    const payload = SCHEMAS.payload(undefined, noun, 'create')
    const verb = SCHEMAS.catalogue.queried(noun) === undefined ? 'create' : 'get'
    const broken = named(mutants(SCHEMAS, noun, { verb })).map((it) => it.replace(/-\d+$/, ''))
    const subjects = new Set(broken.map((it) => it.split('-').at(-1)))
    const all = payload === undefined ? [] : elementsOf(payload.decl, payload.model)
    assert.equal(
      [...new Set(all)].filter((it) => !subjects.has(it)),
      [],
      noun,
    )
  }
})

mutate('breaks every facet and every content model that fixtures/ has', () => {
  for (const { noun } of ROOTS)
    for (const seed of [0, 1])
      for (const json of [false, true]) assertExact(noun, { verb: 'create', seed, json })
})

function named(list: readonly Mutant[]): readonly string[] {
  return list.map((it) => it.name)
}

mutate('gives every mutant of a message a name of its own, fit for a file', () => {
  const names = named(mutants(SCHEMAS, NOUN))
  assert.is(new Set(names).size, names.length)
  for (const it of names) assert.match(it, /^[\w-]+$/)
})

mutate('makes each mistake that the envelope knows somewhere', () => {
  const all = Object.keys(VERBS).flatMap((verb) => named(mutants(SCHEMAS, NOUN, { verb })))
  const due = [
    'truncated',
    'doctype',
    'verb-update',
    'verb-capital',
    'verb-past',
    'verb-present',
    'verb-request-in-reply',
    'noun-misspelt',
    'noun-other',
    'no-message-id',
    'timestamp-without-zone',
    'async-without-address',
    'no-correlation-id',
    'no-payload',
    'empty-payload',
    'failed-without-error',
    'ok-but-fatal',
    'partial-without-id',
    'reply-in-event',
    'www-namespace',
    'no-namespace',
  ]
  for (const it of due) assert.ok(all.includes(it), it)
})

mutate('chooses the same mutants for the same seed, in their own order', () => {
  const chosen = (seed: number) => named(mutants(SCHEMAS, NOUN, { seed, count: 5 }))
  assert.equal(chosen(3), chosen(3))
  assert.is(chosen(3).length, 5)
})

mutate('makes none of a message that there is not', () => {
  assert.equal(mutants(SCHEMAS, 'NoSuchNoun'), [])
})

mutate.run()
