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
  assert.match(html, /<text [^>]*>FAILED 2\.33 CustomerAgree[^<]*…<\/text>/)
  assert.match(html, /reply CustomerAgreements: FAILED 2\.33/)
})

test('roles stand in one order, whoever speaks first, and only steps of the script are marked', () => {
  const asked = `<RequestMessage xmlns="${MESSAGE}">${header('create')}</RequestMessage>`
  const html = drawn([
    ['tariffs', 'ENG', 'CIS', asked],
    ['S-4-3/2', 'CUST', 'CIS', asked],
    ['created-CustomerAgreements', 'CIS', 'DCS', asked],
  ])
  const parties = [...html.matchAll(/y="21">([^<]*)</g)].map(([, it]) => it)
  assert.equal(parties, ['CUST', 'CIS', 'ENG', 'DCS'])
  const marked = [...html.matchAll(/class="begun">[^]*?<text[^>]*>([^<]*)</g)].map(([, it]) => it)
  assert.equal(marked, ['S-4-3/2'])
})

/** From CUST far to DCS and back, so often. */
const many = (count: number) =>
  Array.from({ length: count }, (_it, at) => {
    const [from, to] = at % 2 === 0 ? ['CUST', 'DCS'] : ['DCS', 'CUST']
    const step = at < 2 ? `prepares-${at}` : `S-4-3/${at}`
    return [step, from ?? '', to ?? '', ASKED] as const
  })
const ASKED = `<RequestMessage xmlns="${MESSAGE}">${header('create')}</RequestMessage>`

test('of a request with its answer there are the two lines and no diagram, unless a script has them', () => {
  const asked = ['request', 'CIS', 'WMS', ASKED] as const
  const html = drawn([asked, ['reply', 'WMS', 'CIS', REFUSED]])
  assert.not.match(html, /<svg/)
  assert.is(html.match(/<li>/g)?.length, 2)
  assert.match(drawn([asked, ['S-4-3/3', 'WMS', 'CIS', REFUSED]]), /<svg/)
})

test('role names stand there once more after every eight arrows, and never upon one', () => {
  const html = drawn([...many(16), ['S-4-3/7', 'ENG', 'WMS', ASKED]])
  const tops = [...html.matchAll(/<rect x="[^"]*" y="(\d+)" width="96"/g)].map(([, it]) =>
    Number(it),
  )
  const [first = 0, second = 0, third = 0] = [...new Set(tops)]
  assert.equal([tops.length, new Set(tops).size], [12, 3], 'four roles, three times')
  const arrows = [...html.matchAll(/<path class="head" d="M\S+ ([\d.]+)/g)].map(([, it]) =>
    Number(it),
  )
  const between = (from: number, to: number) => arrows.filter((it) => it > from && it < to).length
  assert.equal([between(first, second), between(second, third), between(third, 9999)], [8, 8, 1])
  assert.ok(arrows.every((it) => tops.every((top) => it < top || it > top + 24)))
})

test('what is said before the first step is marked as preparation, in picture and list', () => {
  const html = drawn(many(5))
  const list = html.slice(html.indexOf('</svg>'))
  assert.match(html, /class="preparation">[^]*preparation<\/text>/)
  const items = list.split(/<ol start="(?:1|3)">/).map((it) => it.split('<li>').length - 1)
  assert.equal(items, [0, 2, 3])
  assert.match(list, /Preparation[^]*<ol start="1">[^]*The scenario[^]*<ol start="3">/)
  const none = drawn(many(2))
  assert.not.match(none, /[Pp]reparation/, 'where there is no step there is nothing to prepare')
})

test('an arrow over four lanes is named at both ends, and steps of each form are marked', () => {
  const html = drawn([
    ['S-5-1/3-no', 'CUST', 'ENG', ASKED],
    ['S-5-1/4~2', 'ENG', 'WMS', ASKED],
    ['S-5-1/5', 'CUST', 'DCS', ASKED],
    ['S-5-1/6', 'CUST', 'AGG', ASKED],
  ])
  const anchors = [...html.matchAll(/<text x="\d+" y="[\d.]+"(?: class="(\w+)")?>create/g)].map(
    ([, it]) => it,
  )
  assert.equal(anchors, [undefined, undefined, undefined, 'start', 'end'])
  assert.is(html.match(/class="begun"/g)?.length, 4)
})

test.run()
