import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { party, topologyOf } from '../access/parties.fixture.ts'
import { RETRY } from '../delivery/retry.ts'
import { filled, matched } from './patterns.ts'
import type { Topology, Way, When } from './party.ts'
import { mostFor, unfit } from './profile.ts'
import { resolved, wayOf } from './routing.ts'

const test = suite('routing')

function way(id: string, when: When, ...to: readonly string[]): Way {
  return {
    id,
    when,
    to,
    reply: 'sync',
    order: { by: 'noun' },
    timeoutMs: 30_000,
    retry: RETRY,
    idempotencyMs: 86_400_000,
    whenTargetDown: 'queue',
    priority: 0,
  }
}

const IDS = ['cs', 'dms', 'tp:acme:cs', 'tp:acme:derms', 'tp:bolt:cs', 'tp:bolt:derms']

function topology(...ways: readonly Way[]): Topology {
  const aliases = { 'derms-cs': 'tp:{provider}:cs', support: 'help', help: 'cs', a: 'b', b: 'a' }
  return topologyOf(
    IDS.map((id) => party(id)),
    { ways, aliases },
  )
}

/** What a choice comes to, as text. */
function chosen(it: Topology, from: string, verb = 'created', provider?: string): string {
  const choice = wayOf(it, { noun: 'DERGroups', verb, from }, provider)
  if (choice.kind === 'parties')
    return `${choice.way.id}: ${choice.parties.map(({ id }) => id).join(', ')}`
  return choice.kind === 'none' ? choice.reason : choice.kind
}

test('without routes everything is local', () => {
  assert.is(chosen(topology(), 'anybody'), 'local')
})

test('the first route that fits is taken, by noun, verb and sender', () => {
  const it = topology(
    way('by verb', { verb: ['deleted'] }, 'dms'),
    way('by noun', { noun: ['MeterReadings'] }, 'dms'),
    way(
      'by sender',
      { noun: ['DERGroups'], verb: ['created'], from: ['x', 'tp:{p}:derms'] },
      'tp:{p}:cs',
    ),
    way('home', { from: ['dms'] }, 'local'),
    way('rest', {}, 'cs'),
  )
  assert.is(chosen(it, 'tp:acme:derms'), 'by sender: tp:acme:cs')
  assert.is(chosen(it, 'tp:acme:derms', 'deleted'), 'by verb: dms')
  assert.is(chosen(it, 'dms'), 'local')
  assert.is(chosen(it, 'tp:acme:cs'), 'rest: cs')
})

test('no route, and one that leads to nobody, say so', () => {
  const it = topology(
    way('deleted', { verb: ['deleted'] }, 'nobody'),
    way('own', { from: ['dms'] }, 'dms'),
    way('alias', { from: ['cs'] }, 'derms-cs'),
  )
  assert.is(chosen(it, 'x'), 'No route takes created DERGroups from x.')
  assert.is(
    chosen(it, 'x', 'deleted'),
    'The route deleted leads to nobody, and there is no such party.',
  )
  assert.is(chosen(it, 'dms'), 'The route own leads to nobody but its sender dms.')
  assert.match(chosen(it, 'cs'), 'leads to tp:{provider}:cs, and no provider is registered')
  assert.match(chosen(it, 'cs', 'created', 'gone'), 'tp:gone:cs, and there is no such party')
})

test('an alias leads to the party of the provider, through other aliases, and to each party once', () => {
  const it = topology(way('all', {}, 'derms-cs', 'tp:acme:cs', 'support', 'dms'))
  assert.is(chosen(it, 'dms', 'created', 'acme'), 'all: tp:acme:cs, cs')
  assert.is(chosen(it, 'cs', 'created', 'bolt'), 'all: tp:bolt:cs, tp:acme:cs, dms')
})

test('a provider is text, not a pattern, and no alias leads in a circle', () => {
  const { aliases } = topology()
  assert.is(resolved('derms-cs', aliases, '$&{x}'), 'tp:$&{x}:cs')
  assert.ok(['a', 'b'].includes(resolved('a', aliases)))
  assert.is(resolved('constructor', aliases), 'constructor')
})

/** [pattern, name, what it stands for] */
const PATTERNS: readonly (readonly [string, string, object | undefined])[] = [
  ['dms', 'dms', {}],
  ['dms', 'dms2', undefined],
  ['*', 'tp:acme:cs', {}],
  ['tp:*', 'tp:acme:cs', {}],
  ['dso-*', 'dso-', undefined],
  ['d.s', 'dxs', undefined],
  ['tp:{p}:cs', 'tp:acme:cs', { p: 'acme' }],
  ['tp:{p}:cs', 'tp:a:b:cs', undefined],
  ['tp:{p}:{q}', 'tp:acme:cs', { p: 'acme', q: 'cs' }],
  ['{p}:{p}', 'a:a', { p: 'a' }],
  ['{p}:{p}', 'a:b', undefined],
  ['a|b', 'a', undefined],
  ['(a+)+', 'aaa', undefined],
]

test('a star stands for any text, braces for one part', () => {
  for (const [pattern, name, due] of PATTERNS) assert.equal(matched(pattern, name), due, pattern)
})

test('a name made from a pattern is matched by it, and gives the parts back (seed 100)', () => {
  const part = fc.stringMatching(/^[a-z0-9.+$^-]{1,6}$/)
  fc.assert(
    fc.property(part, part, part, (head, p, tail) => {
      const pattern = `${head}:{p}:${tail}`
      assert.equal(matched(pattern, filled(pattern, { p })), { p })
      assert.equal(matched(filled(pattern, { p }), filled(pattern, { p })), {})
    }),
    { seed: 100, numRuns: 500 },
  )
})

test('a party takes what its profile has', () => {
  const able = party('a', {
    profile: { nouns: ['DERGroups'], verbs: ['create'], operationSets: false, collections: false },
  })
  const shape = { noun: 'DERGroups', verb: 'create', isOperationSet: false }
  assert.is(unfit(able, shape), undefined)
  assert.is(unfit(party('b'), { ...shape, isOperationSet: true }), undefined)
  assert.is(
    unfit(able, { ...shape, noun: 'Tariffs' }),
    'a takes no Tariffs by its profile. Change parties.a.profile.nouns in the configuration, or lead the route to another party.',
  )
  assert.match(unfit(able, { ...shape, verb: 'delete' }) ?? '', 'verb delete')
  assert.is(
    unfit(able, { ...shape, isOperationSet: true }),
    'a takes no OperationSet by its profile. Change parties.a.profile.operationSets in the configuration, or lead the route to another party.',
  )
  const most = (collections: boolean | number) =>
    mostFor({ profile: { operationSets: true, collections } })
  assert.equal([most(true), most(500), most(false)], [Infinity, 500, 1])
})

test.run()
