import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded, problemLines } from './config.fixture.ts'
import { problemText } from './problem.ts'

const test = suite('issues')

/** [text, all that is told] */
const WRONG: readonly (readonly [string, ...(readonly string[])])[] = [
  ['limits: {dept: 3}', '1:10: limits.dept: there is no such key; did you mean depth.'],
  [
    'limits: {depth: 1000, nodes: a, namespaces: 1}',
    '1:17: limits.depth: 1000 is not possible; write a whole number from 8 to 250.',
    '1:30: limits.nodes: a is not possible; write a whole number of at least 100.',
    '1:45: limits.namespaces: 1 is not possible; write a whole number of at least 8.',
  ],
  [
    'limits: [1]',
    '1:9: limits: a list stands here; write keys: bodyBytes, depth, nodes, attributes, namespaces, nameLength, unpackedBytes, unpackRatio.',
  ],
  ['source: ""', '1:9: source: nothing stands here; write a name.'],
  ['source: 5', '1:9: source: a number stands here; put it in quotes.'],
  ['mixedBatch: partal', '1:13: mixedBatch: partal is not possible; did you mean partial.'],
  ['officialOnly: yes', '1:15: officialOnly: yes is not possible; write true or false.'],
  ['tolerate: [HDR-1]', '1:12: tolerate[0]: HDR-1 is not possible; did you mean HDR-01.'],
  ['tolerate: [nothing]', '1:12: tolerate[0]: nothing is not possible; write the id of a rule.'],
  [
    'aliases: {verbs: {Create: creat}}',
    '1:27: aliases.verbs.Create: creat is not possible; did you mean create.',
  ],
  [
    'schemas: {A: [x]}',
    '1:14: schemas.A: a list stands here; write the key of an edition, a year, or shipped.',
  ],
  [
    'retention: {audit: 5 years}',
    '1:20: retention.audit: this is not possible; write a duration such as 500ms, 30s, 2m, 8h or 90d.',
  ],
  [
    'retention: {audit: 0d}',
    '1:20: retention.audit: 0d is not possible; write a duration such as 500ms, 30s, 2m, 8h or 90d.',
  ],
  [
    'access: {origins: ["https://x/"]}',
    '1:20: access.origins[0]: this is no address; write an origin such as https://dashboard.example.',
  ],
  ['parties: [a]', '1:10: parties: a list stands here; write keys, each with its value.'],
  [
    "parties: {'a b': {}}",
    '1:11: parties.a b: this cannot be a name here; write letters, digits, - _ . and : between parts, such as tp:acme:cs.',
  ],
  [
    'parties: {a: {bindng: 1}}',
    '1:15: parties.a.bindng: there is no such key; did you mean binding.',
  ],
  [
    'parties: {a: {binding: file}}',
    '1:24: parties.a.binding: a text stands here; write {type: …, url: …}.',
  ],
  [
    'parties: {a: {binding: {}}}',
    '1:15: parties.a.binding.type: it is missing; write cim-xml, soap, json, file or notify.',
  ],
  [
    'parties: {a: {binding: {type: soup}}}',
    '1:31: parties.a.binding.type: soup is not possible; did you mean soap.',
  ],
  [
    'parties: {a: {binding: {type: mail}}}',
    '1:31: parties.a.binding.type: mail is not possible; write cim-xml, soap, json, file or notify.',
  ],
  [
    'parties: {a: {binding: {type: file}}}',
    '1:15: parties.a.binding.folder: it is missing; write the path of a folder.',
  ],
  [
    'parties: {tp:a: {binding: {type: soap}}}',
    '1:18: parties.tp:a.binding.url: it is missing; write an address: http://… or https://…, without user, token or #, or set the variable CIMGATE_PARTIES_TP_A_BINDING_URL.',
  ],
  [
    'parties: {a: {binding: {type: soap, ur: x}}}',
    '1:37: parties.a.binding.ur: there is no such key; did you mean url.',
  ],
  [
    'parties: {a: {binding: {type: soap, url: "http://x", folder: y, version: 1.1}}}',
    '1:54: parties.a.binding.folder: it does not belong to type soap; leave it out, or write another type.',
    '1:74: parties.a.binding.version: a number stands here; put it in quotes: "1.1".',
  ],
  [
    'parties: {a: {auth: {apiKey: "${K}"}}}',
    '1:21: parties.a.auth: keys stand here; write a list, each item {apiKey: …}, {bearer: …}, {username: …, password: …}, {token: …} or {certificate: …}.',
  ],
  [
    'parties: {a: {auth: [{}]}}',
    '1:22: parties.a.auth[0]: nothing stands here; write {apiKey: …}, {bearer: …}, {username: …, password: …}, {token: …} or {certificate: …}.',
  ],
  [
    'parties: {a: {auth: [{apikey: x}]}}',
    '1:23: parties.a.auth[0].apikey: there is no such key; did you mean apiKey.',
  ],
  [
    'parties: {a: {auth: [{apiKey: "${K}", bearer: "${K}"}]}}',
    '1:39: parties.a.auth[0].bearer: it does not go together with apiKey; leave one of them out.',
  ],
  [
    'parties: {a: {auth: [{username: x}]}}',
    '1:22: parties.a.auth[0].password: it is missing; write ${NAME} for a variable of the environment, or {file: path}.',
  ],
  [
    'parties: {a: {topics: [x]}}',
    '1:24: parties.a.topics[0]: x is not possible; write a noun, / and an mRID or *.',
  ],
  [
    'routes: [{}]',
    '1:10: routes[0].to: it is missing; write the name of a party, or a list of at least one.',
  ],
  [
    'routes: [{to: []}]',
    '1:15: routes[0].to: the list is empty; write a list, each item the name of a party.',
  ],
  ['routes: [{to: 5}]', '1:15: routes[0].to: a number stands here; put it in quotes.'],
  [
    'routes: [{to: local, timeout: 30}]',
    '1:31: routes[0].timeout: a number stands here; write a duration such as 500ms, 30s, 2m, 8h or 90d.',
  ],
  [
    'routes: [{to: local, when: {verb: crate}}]',
    '1:35: routes[0].when.verb: crate is not possible; did you mean create.',
  ],
  [
    'routes: [{to: local, order: "key:"}]',
    '1:29: routes[0].order: this is not possible; write none, noun, or key: with a path such as key:EndDeviceGroup.mRID.',
  ],
  [
    'publicUrl: "http://${HOST}"',
    '1:12: publicUrl: ${…} stands for secrets only; write the value, and override it by the variable CIMGATE_PUBLICURL.',
  ],
  [
    'source: "${WHO}"',
    '1:9: source: ${…} stands for secrets only; write the value, and override it by the variable CIMGATE_SOURCE.',
  ],
]

test('each problem is told once, with its place, what is wrong, and what is expected', async () => {
  for (const [text, ...due] of WRONG) assert.equal(await problemLines(text, { K: 'k' }), due, text)
})

test('an unknown key keeps no other problem from being told', async () => {
  const text = '\nbanana: 1\nsource: ""\nlimits: {dept: 1, depth: 1}\nroutes: [{to: nobody}]\n'
  assert.equal(
    (await problemLines(text)).map((it) => it.split(': ').slice(0, 2).join(' ')),
    ['2:1 banana', '3:9 source', '4:10 limits.dept', '4:26 limits.depth', '5:15 routes[0].to'],
  )
})

/** Any value where another is due. */
const VALUE = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, '', 'geheim-wort', [], {}, ['geheim-wort'], {
    a: 'geheim-wort',
  }),
)

/** A whole configuration, of which something is made wrong. */
const WHOLE = {
  source: 'cimgate',
  tolerate: ['HDR-01'],
  limits: { depth: 20 },
  parties: {
    dms: {
      binding: { type: 'soap', url: 'https://dms.test', credential: { bearer: '${K}' } },
      auth: [{ apiKey: '${K}' }, { username: 'u', password: { file: 'package.json' } }],
      profile: { nouns: ['A'], verbs: ['create'] },
      replyAddresses: ['https://dms.test/r'],
    },
    out: { binding: { type: 'file', folder: './out' } },
  },
  routes: [
    { name: 'r', when: { noun: 'A', verb: ['create'], from: 'dms' }, to: ['out'], retry: ['5s'] },
    { when: { noun: 'B' }, to: 'dms', order: 'key:A.b', timeout: '5s' },
  ],
  visibility: [{ party: 'dms', deny: ['A.b'] }],
  awaiting: [{ name: 'w', after: { noun: 'A' }, expect: { noun: 'B' }, key: 'A.b', within: '1h' }],
}

test('whatever is wrong is told in sentences, with a place, and never with a value of a text (seed 42)', async () => {
  const paths = pathsIn(WHOLE)
  await fc.assert(
    fc.asyncProperty(
      fc.nat(paths.length - 1),
      VALUE,
      fc.nat(paths.length - 1),
      VALUE,
      async (a, x, b, y) => {
        const wrong = changed(changed(WHOLE, paths[a] ?? [], x), paths[b] ?? [], y)
        const { config, problems } = await loaded(JSON.stringify(wrong), { K: 'k' })
        assert.is(
          config === undefined,
          problems.some((it) => it.severity === 'error'),
        )
        for (const it of problems) {
          const text = problemText(it)
          assert.match(text, /^cimgate\.yaml:\d+:\d+: .*\.$/)
          assert.not.match(text, /Invalid|undefined|\[object|NaN/)
          assert.is(new Set(problems.map(problemText)).size, problems.length, 'told twice')
        }
      },
    ),
    { seed: 42, numRuns: 400, includeErrorInReport: true },
  )
})

type Steps = readonly string[]

function pathsIn(it: unknown, path: Steps = []): readonly Steps[] {
  if (typeof it !== 'object' || it === null) return [path]
  return [path, ...Object.entries(it).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))]
}

function changed(it: unknown, [step, ...rest]: Steps, value: unknown): unknown {
  if (step === undefined) return value
  if (typeof it !== 'object' || it === null) return it
  const inner = changed((it as Record<string, unknown>)[step], rest, value)
  return Array.isArray(it)
    ? it.map((one: unknown, at) => (at === Number(step) ? inner : one))
    : { ...it, [step]: inner }
}

test.run()
