// The diagram of a case: who stands where, and what of a long message can still be read.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { PassedAs } from '../results-shape.ts'
import { loadXml } from '../xml.ts'
import { arrowsOf, sequence } from './sequence.ts'

const test = suite('conformance report: sequence')
test.before(loadXml)

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'
const header = (verb: string) =>
  `<Header><Verb>${verb}</Verb><Noun>CustomerAgreements</Noun></Header>`
const REFUSED = `<ResponseMessage xmlns="${MESSAGE}">${header('reply')}<Reply><Result>FAILED</Result><Error><code>2.33</code></Error></Reply></ResponseMessage>`

function drawn(steps: readonly (readonly [step: string, from: string, to: string, xml: string])[]) {
  const wire = steps.map(([step, from, to], at): PassedAs => ({
    ...{ scenario: 'S-4-3/ineligible', step, from, to, status: null, contentType: '' },
    ...{ direction: step.endsWith('3') ? 'reply' : 'request', file: String(at) },
  }))
  const bytes = (file: string) => new TextEncoder().encode(steps[Number(file)]?.[3])
  const arrows = arrowsOf({ id: 'S-4-3/ineligible', findings: [] }, wire, bytes)
  return sequence(arrows, 'one', 'What passed').html
}

test('of a reply with a long Noun the outcome is drawn, and the list has all of it', () => {
  const html = drawn([['S-4-3/3', 'CIS', 'CUST', REFUSED]])
  assert.match(html, /text-anchor="middle">FAILED 2\.33 CustomerAgree[^<]*…<\/text>/)
  assert.match(html, /reply CustomerAgreements: FAILED 2\.33/)
})

test('roles stand in one order, whoever speaks first, and only steps of the script are marked', () => {
  const asked = `<RequestMessage xmlns="${MESSAGE}">${header('create')}</RequestMessage>`
  const html = drawn([
    ['tariffs', 'ENG', 'CIS', asked],
    ['S-4-3/2', 'CUST', 'CIS', asked],
    ['created-CustomerAgreements', 'CIS', 'DCS', asked],
  ])
  const parties = [...html.matchAll(/y="21" text-anchor="middle">([^<]*)</g)].map(([, it]) => it)
  assert.equal(parties, ['CUST', 'CIS', 'ENG', 'DCS'])
  const marked = [...html.matchAll(/class="begun">[^]*?<text[^>]*>([^<]*)</g)].map(([, it]) => it)
  assert.equal(marked, ['S-4-3/2'])
})

test.run()
