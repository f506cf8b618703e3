// Every mutant is judged, and the judge must find what the mistake makes due: no more, no less.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { VERBS } from '../envelope/verbs.ts'
import { writeJson } from './json-text.ts'
import { NOUNS, ROOTS, SCHEMAS, judged } from './laws.fixture.ts'
import { messageFromJson } from './message-xml.ts'
import { mutants } from './mutate.ts'
import type { Expectation, Mutant, MutantOptions } from './mutate.ts'

const mutate = suite('mutate')

const [NOUN = ''] = NOUNS

/** As a set: the engine may say one thing twice, and order says nothing. */
function setOf(list: readonly Expectation[]): readonly string[] {
  return [...new Set(list.map((it) => `${it.rule} ${it.path}`))].sort()
}

function assertExact(noun: string, options: MutantOptions): number {
  const all = mutants(SCHEMAS, noun, options)
  for (const { name, xml, json, expect } of all) {
    const found =
      xml === undefined ? messageFromJson(json ?? null, SCHEMAS).issues : judged(xml).findings
    const label = `${noun} ${JSON.stringify(options)} ${name}\n${xml ?? writeJson(json ?? null)}`
    assert.equal(setOf(found), setOf(expect), label)
    assert.ok(expect.length > 0, label)
  }
  return all.length
}

mutate(
  'makes mutants of every noun under every verb that give exactly the findings that are due',
  () => {
    let count = 0
    for (const noun of NOUNS)
      for (const verb of Object.keys(VERBS))
        count += assertExact(noun, { verb, count: 60, seed: 0 })
    assert.ok(count > 4000, String(count))
  },
)

mutate('makes typed and explored ones that do, too', () => {
  NOUNS.forEach((noun, at) => {
    for (const verb of ['get', 'create', 'change', 'execute', 'reply', 'canceled']) {
      assertExact(noun, { verb, typed: true, count: 60 })
      assertExact(noun, { verb, seed: at + 1, count: 60 })
    }
  })
})

mutate('breaks every facet and every content model that fixtures/ has', () => {
  for (const { noun } of ROOTS)
    for (const seed of [0, 1])
      for (const json of [false, true]) assertExact(noun, { verb: 'create', seed, json })
})

mutate('makes CIM-JSON that the writer refuses by rule and path', () => {
  for (const noun of NOUNS)
    for (const typed of [false, true]) assertExact(noun, { json: true, typed, count: 200 })
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
