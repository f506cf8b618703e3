// The diagnosis and the XML engine must agree on which documents are valid: the engine decides, the diagnosis explains.
// Documents are made from samples by blind edits, so most of them are broken in ways that nobody thought of.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeElement } from '../../envelope/write.ts'
import { diagnose } from '../diagnose/diagnose.ts'
import { editedBlindly } from './edits.fixture.ts'
import { BENCH, NOUNS, ROOTS, SCHEMAS, judged, payloadsOf, tree } from './laws.fixture.ts'
import type { Root } from './laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { readOwn } from '../mutate/tree.ts'
import { randomOf } from '../random.ts'

const diagnosis = suite('laws of the diagnosis')

/** Where engine and diagnosis differ, and why that is no loss. */
const KNOWN: Readonly<Record<string, string>> = {
  // The engine also takes a second <a/> to stand at the wildcard; its own words are reported then.
  Strict: 'a name that both an element and a strict wildcard admit',
}

const PAYLOADS: readonly Root[] = NOUNS.flatMap((noun) => {
  const found = SCHEMAS.payload(undefined, noun, undefined)
  return found === undefined ? [] : [{ ...found, noun, bench: BENCH }]
})

/** documents of each root */
const SEEDS = 120

diagnosis('has a finding exactly for the documents that the XML engine refuses', () => {
  let refused = 0
  for (const root of [...PAYLOADS, ...ROOTS].filter((it) => !(it.noun in KNOWN))) {
    payloadsOf(root, SEEDS).forEach(({ json, label }, seed) => {
      const own = readOwn(messageFromJson(json, SCHEMAS).xml)
      const xml = writeElement(editedBlindly(own, randomOf(seed, `edit ${root.noun}`)))
      const { verdict } = judged(xml)
      const ours = diagnose(tree(xml), root.decl, root.model, 'payload-xsd')
      const what = `${label}, edited: ${ours.map((it) => it.message).join(' ')}\n${xml}`
      assert.is(verdict, ours.length > 0 ? 'invalid' : 'valid', what)
      if (verdict === 'invalid') refused += 1
    })
  }
  assert.ok(refused > 1000, `${refused} documents were broken`)
})

diagnosis('never leaves a refused document without a finding, known differences included', () => {
  for (const root of ROOTS.filter((it) => it.noun in KNOWN)) {
    payloadsOf(root, SEEDS).forEach(({ json, label }, seed) => {
      const own = readOwn(messageFromJson(json, SCHEMAS).xml)
      const xml = writeElement(editedBlindly(own, randomOf(seed, `edit ${root.noun}`)))
      const { verdict, findings } = judged(xml)
      assert.is(verdict, findings.length > 0 ? 'invalid' : 'valid', `${label}, edited\n${xml}`)
    })
  }
})

diagnosis.run()
