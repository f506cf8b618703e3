// The judge of scenarios, check by check: what is found, in which step, whose it is; and that whatever comes between is not.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { viewOf } from '../engine/scene.ts'
import { eventOf, requestOf } from '../peers/said.ts'
import type { Passage } from '../peers/stage.ts'
import { MESSAGE, element } from '../peers/write.ts'
import type { Invariant } from '../script-shape.ts'
import type { Branch, Role, Script, ScriptStep } from '../shapes.ts'
import type { Node } from '../xml.ts'
import { SCENARIO_CHECKS } from './scenario.ts'

const step = (
  id: string,
  from: Role,
  to: Role,
  kind: ScriptStep['kind'],
  verb: string,
  more: Partial<ScriptStep> = {},
): ScriptStep => ({
  ...{ id: `S/${id}`, title: `do ${id}`, from, to, kind, verb, noun: 'Groups', basis: 'T' },
  about: 'Payload/Groups/mRID',
  ...more,
})

/** A asks, is approved, the contracts preferably follow, then the DERMS is told and replies. */
const SCRIPT: Script = {
  ...{ id: 'S', title: 'a script', source: 'a test', profiles: [], prepares: [], branches: [] },
  roles: ['AGG', 'CIS', 'DCS', 'DOP'],
  steps: [
    step('1', 'AGG', 'CIS', 'request', 'create'),
    step('3', 'CIS', 'DCS', 'event', 'changed', {
      ...{ after: ['S/1'], where: [{ path: 'Payload/Groups/decision', equals: 'approved' }] },
    }),
    step('no', 'CIS', 'DCS', 'event', 'changed', {
      ...{ after: ['S/1'], where: [{ path: 'Payload/Groups/decision', equals: 'rejected' }] },
      optional: true,
    }),
    step('4', 'DCS', 'CIS', 'request', 'change', { after: ['S/3'], optional: true }),
    step('5', 'DCS', 'DOP', 'request', 'create', { after: ['S/3'], preferablyAfter: ['S/4'] }),
    step('6', 'DOP', 'DCS', 'reply', 'reply', { after: ['S/5'] }),
  ],
  invariants: [],
}
const BRANCH: Branch = {
  ...{ id: 'S/all', title: 'all goes well', says: [], never: ['S/no'] },
  passes: ['S/1', 'S/3', 'S/5', 'S/6'],
}

interface Said {
  readonly id?: string
  readonly name?: string
  readonly decision?: string
  readonly version?: readonly [string, string]
}

const TOOLS = {
  now: '2026-07-14T09:00:00Z',
  uuid: (...words: readonly string[]) => words.join(' '),
}

function groups({ id = 'A', name = 'group', decision, version }: Said): Node {
  const text = (it: string, value: string) => element('urn:groups', it, value)
  return element('urn:groups', 'Groups', [
    text('mRID', id),
    text('name', name),
    ...(decision === undefined ? [] : [text('decision', decision)]),
    ...(version === undefined
      ? []
      : [
          element('urn:groups', 'version', [
            text('date', TOOLS.now),
            ...version.map((it, at) => text(['major', 'minor'][at] ?? '', it)),
          ]),
        ]),
  ])
}

const judged = (root: Node) => ({
  ...{ bytes: new TextEncoder().encode(JSON.stringify(root)), root },
  ...{ observations: [], undecided: undefined },
})

function pass(from: Role, to: Role, verb: string, said: Said = {}, result = 'OK'): Passage {
  const content = groups(said)
  const make = verb.endsWith('ed') ? eventOf : requestOf
  const reply = element(MESSAGE, 'ResponseMessage', [
    element(MESSAGE, 'Header', [
      element(MESSAGE, 'Verb', 'reply'),
      element(MESSAGE, 'Noun', 'Groups'),
    ]),
    element(MESSAGE, 'Reply', [element(MESSAGE, 'Result', result)]),
  ])
  return {
    ...{ from, to, at: TOOLS.now, repliedAfter: 0 },
    message: judged(make(from, verb, content, TOOLS, JSON.stringify(said))),
    reply: judged(reply),
  }
}

/** Each is answered before the next is sent. */
const inTurn = (...all: readonly Passage[]) =>
  all.map((it, at) => ({ ...it, repliedAfter: at + 1 }))

const ASKS = pass('AGG', 'CIS', 'create')
const APPROVES = pass('CIS', 'DCS', 'changed', { decision: 'approved' })
const REJECTS = pass('CIS', 'DCS', 'changed', { decision: 'rejected' })
const CONTRACTS = pass('DCS', 'CIS', 'change')
const TELLS = pass('DCS', 'DOP', 'create')
const ALL = inTurn(ASKS, APPROVES, CONTRACTS, TELLS)

function found(
  passages: readonly Passage[],
  invariants: readonly Invariant[] = [],
  { branch = BRANCH, own = [] }: { readonly branch?: Branch; readonly own?: readonly Role[] } = {},
): readonly string[] {
  const view = viewOf({
    ...{ script: { ...SCRIPT, invariants: [...invariants] }, branch, passages },
    fill: (text) => text.replace('{{A}}', 'A'),
    isHidden: ({ from, to }) => own.includes(from) && own.includes(to),
  })
  return SCENARIO_CHECKS.flatMap((it) => it.judge(view)).map(
    ({ observation: { requirement, layer }, step: at, blame }) =>
      `${layer === 'L7' ? '' : layer}${requirement} ${at} ${blame}`,
  )
}

const test = suite('conformance scenario checks')

test('what is as it has to be is not found, whatever harmless comes between', () => {
  assert.equal(found(ALL), [])
  const status = pass('OPS', 'DOP', 'get')
  const noise = [status, ASKS, status, APPROVES, { ...ASKS }, CONTRACTS, status, TELLS, TELLS]
  assert.equal(found(inTurn(...noise)), [])
  assert.equal(found(inTurn(ASKS, APPROVES, TELLS)), [], 'contracts are kept elsewhere')
})

test('a reply that comes while others are on their way is in its place', () => {
  const slow = [{ ...ASKS, repliedAfter: 4 }, ...ALL.slice(1)]
  assert.equal(found(slow), [])
})

/** [what it is, what passed, what is found] */
const ROWS: readonly (readonly [string, readonly Passage[], readonly string[]])[] = [
  ['nothing at all', [], ['SCN-01 S/1 AGG']],
  ['the first that is missing is told, not what waits for it', inTurn(ASKS), ['SCN-01 S/3 CIS']],
  ['the last is missing', inTurn(ASKS, APPROVES), ['SCN-01 S/5 DCS']],
  [
    'no answer to the last',
    [...inTurn(ASKS, APPROVES), { ...TELLS, reply: undefined, repliedAfter: 3 }],
    ['SCN-01 S/6 DOP'],
  ],
  ['what must not be', inTurn(...ALL, REJECTS), ['SCN-02 S/no CIS']],
  ['too early', inTurn(ASKS, TELLS, APPROVES), ['SCN-03 S/5 DCS']],
  ['without what comes before it', inTurn(ASKS, TELLS), ['SCN-01 S/3 CIS', 'SCN-03 S/5 DCS']],
  [
    'in the order that is not preferred',
    inTurn(ASKS, APPROVES, TELLS, CONTRACTS),
    ['SCN-04 S/5 DCS'],
  ],
  [
    'about another group',
    inTurn(ASKS, APPROVES, pass('DCS', 'DOP', 'create', { id: 'B' })),
    ['SCN-03 S/5 DCS'],
  ],
]

for (const [what, passages, due] of ROWS) test(what, () => assert.equal(found(passages), due))

test('what only the product itself sees is not asked for, and what comes before it counts', () => {
  const own: readonly Role[] = ['CIS', 'DCS']
  assert.equal(found(inTurn(ASKS, TELLS), [], { own }), [])
  assert.equal(found(inTurn(TELLS, ASKS), [], { own }), ['SCN-03 S/5 DCS'])
  const times: Invariant = { kind: 'times', requirement: 'X', of: { step: 'S/3' }, least: 1 }
  assert.equal(found(inTurn(ASKS, TELLS), [times], { own }), [])
})

const mRID = 'Payload/Groups/mRID'
const name = 'Payload/Groups/name'
const version = 'Payload/Groups/version'
const changed = (said: Said) => pass('DCS', 'DOP', 'create', said)
const FREE: Branch = { ...BRANCH, passes: [], never: [] }

/** [the invariant, what breaks it and is found where, what does not] */
const INVARIANTS: readonly (readonly [
  Invariant,
  readonly Passage[],
  readonly string[],
  readonly Passage[],
])[] = [
  [
    {
      kind: 'not-before',
      requirement: 'X',
      steps: [{ step: 'S/6' }],
      before: { step: 'S/4', part: 'reply' },
    },
    inTurn(ASKS, APPROVES, TELLS, CONTRACTS),
    ['SCN-04 S/5 DCS', 'X S/6 DOP'],
    ALL,
  ],
  [
    { kind: 'never-after', requirement: 'X', after: { step: 'S/no' }, steps: [{ step: 'S/5' }] },
    inTurn(ASKS, REJECTS, APPROVES, TELLS),
    ['X S/5 DCS'],
    inTurn(ASKS, APPROVES, TELLS, REJECTS),
  ],
  [
    {
      kind: 'same',
      requirement: 'X',
      places: ['S/1', 'S/3', 'S/5'].map((it) => ({ step: it, path: name })),
    },
    inTurn(ASKS, APPROVES, changed({ name: 'other' })),
    ['X S/5 DCS'],
    ALL,
  ],
  [
    {
      kind: 'known',
      requirement: 'X',
      places: [{ step: 'S/3', path: mRID }],
      from: [{ step: 'S/1', path: mRID }],
    },
    inTurn(ASKS, pass('CIS', 'DCS', 'changed', { id: 'B', decision: 'approved' })),
    ['X S/3 CIS'],
    ALL,
  ],
  [
    { kind: 'times', requirement: 'X', of: { step: 'S/5' }, least: 1, most: 1 },
    inTurn(ASKS, APPROVES, TELLS, changed({ name: 'again' })),
    ['X S/5 DCS'],
    inTurn(ASKS, APPROVES, TELLS, TELLS),
  ],
  [
    { kind: 'times', requirement: 'X', of: { step: 'S/3' }, least: 1 },
    inTurn(ASKS),
    ['X S/3 CIS'],
    ALL,
  ],
  [
    {
      ...{ kind: 'one-of', requirement: 'X' },
      ways: [
        { step: 'S/1', part: 'reply', where: [{ path: 'Reply/Result', equals: 'FAILED' }] },
        { step: 'S/no' },
      ],
    },
    inTurn(ASKS),
    ['X S/1 CIS'],
    inTurn(pass('AGG', 'CIS', 'create', {}, 'FAILED')),
  ],
  [
    { kind: 'present', requirement: 'X', places: [{ step: 'S/1', path: mRID }], equals: '{{A}}' },
    inTurn(pass('AGG', 'CIS', 'create', { id: 'B' })),
    ['X S/1 AGG'],
    inTurn(ASKS),
  ],
  [
    { kind: 'rises', requirement: 'X', places: [{ step: 'S/5', path: version }] },
    inTurn(
      ASKS,
      APPROVES,
      changed({ version: ['1', '9'] }),
      changed({ name: 'b', version: ['1', '9'] }),
    ),
    ['X S/5 DCS'],
    inTurn(ASKS, APPROVES, changed({ version: ['1', '9'] }), changed({ version: ['1', '10'] })),
  ],
]

for (const [invariant, broken, due, kept] of INVARIANTS)
  test(`${invariant.kind}: what breaks it is found in its place, and what keeps it is not`, () => {
    assert.equal(found(broken, [invariant], { branch: FREE }), due)
    assert.equal(found(kept, [invariant], { branch: FREE }), [])
  })

test('where nothing is asked of what is not said, nothing is found in it', () => {
  const places = (isLax: boolean) => [
    { step: 'S/1', path: 'Payload/Groups/purpose', isLax },
    { step: 'S/3', path: 'Payload/Groups/decision', isLax },
  ]
  const of = (isLax: boolean): Invariant => ({
    kind: 'same',
    requirement: 'X',
    places: places(isLax),
  })
  assert.equal(found(ALL, [of(true)]), [])
  assert.equal(found(ALL, [of(false)]), ['X S/3 CIS'])
})

test.run()
