// A message that comes when its branch is over: of which one it is, by what it answers, by which it is, by what it is about.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Passage } from '../peers/stage.ts'
import { loadXml, readXml } from '../xml.ts'
import { lateFor, spokenOfIn } from './late.ts'

const test = suite('conformance engine: late')
test.before(loadXml)

/** [MessageID, CorrelationID, mRID]; empty = it does not say */
type Said = readonly [message: string, correlation: string, object: string]

function rootOf([message, correlation, object]: Said) {
  const header = [
    message && `<MessageID>${message}</MessageID>`,
    correlation && `<CorrelationID>${correlation}</CorrelationID>`,
  ]
  const payload = object && `<Payload><G xmlns="g"><E><mRID>${object}</mRID></E></G></Payload>`
  const text = `<EventMessage xmlns="m"><Header>${header.join('')}</Header>${payload}</EventMessage>`
  return readXml(new TextEncoder().encode(text))
}

function spokenOf(...all: readonly Said[]) {
  const judged = (it: Said) => ({
    ...{ bytes: new Uint8Array(), root: rootOf(it), observations: [], undecided: undefined },
  })
  const passages = all.map((it): Passage => ({
    ...{ from: 'CIS', to: 'DCS', message: judged(it), at: '', repliedAfter: 1 },
    reply: judged([`reply-to-${it[0]}`, it[0], '']),
  }))
  return spokenOfIn(passages)
}

/** [what, message, the branch that it is late for] */
const ROWS: readonly (readonly [string, Said, string | undefined])[] = [
  ['about an object of the branch that is played', ['new', '', 'now-object'], undefined],
  ['about an object of the last', ['new', '', 'last-object'], 'last'],
  ['about an object of the one before', ['new', 'own', 'first-object'], 'first'],
  ['about an object that both had', ['new', '', 'both-object'], undefined],
  ['about what nobody knows', ['new', 'own', 'other'], undefined],
  ['about nothing', ['new', '', ''], undefined],
  ['an answer to what was asked now', ['new', 'now', 'last-object'], undefined],
  ['an answer to what was asked in the last', ['new', 'last', 'now-object'], 'last'],
  ['an answer to a reply of the last', ['new', 'reply-to-last', ''], 'last'],
  ['what had come in the last, once more', ['last', '', 'now-object'], 'last'],
  ['what has come now, once more', ['now', 'now', ''], undefined],
]

for (const [what, said, expected] of ROWS)
  test(what, () => {
    const over = [
      { id: 'first', spokenOf: spokenOf(['first', '', 'first-object']) },
      { id: 'last', spokenOf: spokenOf(['last', '', 'last-object'], ['l-2', '', 'both-object']) },
    ]
    const now = spokenOf(['now', '', 'now-object'], ['n-2', '', 'both-object'])
    assert.is(lateFor(rootOf(said), now, over), expected)
  })

test('what cannot be read is of the branch that is played', () => {
  const over = [{ id: 'last', spokenOf: spokenOf(['last', '', '']) }]
  assert.is(lateFor(undefined, spokenOf(), over), undefined)
})

test.run()
