import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded, problemLines } from '../config.fixture.ts'
import { HTTP, KEY } from './cases-of-sending.fixture.ts'
import { PEMS } from './cases-of-proofs.fixture.ts'
import { CASES } from './cases.fixture.ts'

const test = suite('checks')

for (const [name, cases] of Object.entries(CASES))
  test(`${name} are told`, async () => {
    for (const [text, ...due] of cases)
      assert.equal(await problemLines(text, { ...KEY, ...PEMS }), due, text)
  })

/** [what is wrong, what is told] of secrets that cannot be had. */
const SECRETS: readonly (readonly [string, string])[] = [
  [
    'parties: {a: {auth: [{apiKey: "${NONE}"}]}}',
    '1:31: parties.a.auth[0].apiKey: the environment variable NONE is not set; set it, or name another one.',
  ],
  [
    'parties: {a: {auth: [{bearer: {file: /none}}]}}',
    '1:31: parties.a.auth[0].bearer: /none cannot be read: there is no such file; write the path of a file with nothing but the secret.',
  ],
]

test('a secret that cannot be had is told', async () => {
  for (const [text, due] of SECRETS) assert.equal(await problemLines(text), [due])
})

test('secrets that cannot be had are not taken for the same', async () => {
  const text = 'parties: {a: {auth: [{apiKey: "${X}"}]}, b: {auth: [{bearer: "${Y}"}]}}'
  const told = await problemLines(text)
  assert.equal(
    told.map((it) => /variable \w is not set/.test(it)),
    [true, true],
  )
})

test('a whole network without a fault has none', async () => {
  const { problems } = await loaded(
    `
parties:
  dso-cs: {binding: {${HTTP}}, auth: [{apiKey: "\${KEY}"}], replyAddresses: ["https://x.test/r"]}
  "tp:acme:derms": {binding: {type: json, url: "https://acme.test"}, auth: [{apiKey: "\${OTHER}"}]}
  "tp:acme:cs": {binding: {type: file, folder: ./acme}}
  log: {binding: {type: notify}}
partyAliases: {derms-cs: "tp:{provider}:cs", support: dso-cs}
routes:
  - {when: {noun: A, from: "tp:{p}:derms"}, to: ["tp:{p}:cs", log]}
  - {when: {noun: A, verb: [created, changed]}, to: [derms-cs, support]}
  - {when: {noun: B, from: [dso-cs, cimgate]}, to: "tp:acme:derms"}
  - {to: local}
visibility: [{party: "dso-*", deny: [A.b]}]
awaiting: [{name: x, after: {noun: A}, expect: {noun: B}, key: A.b, within: 1h}]
`,
    KEY,
  )
  assert.equal(problems, [])
})

test('it is told also where something else is wrong, with the index that it has in the file', async () => {
  const text = `
limits: {depth: 1}
parties: {dms: {bindng: 1}}
routes: [{to: 5}, {to: wms}]
`
  assert.equal(
    (await problemLines(text)).map((it) => it.slice(0, it.indexOf(';'))),
    [
      '2:17: limits.depth: 1 is not possible',
      '3:17: parties.dms.bindng: there is no such key',
      '4:15: routes[0].to: a number stands here',
      '4:24: routes[1].to: there is no party wms',
    ],
  )
})

test('nothing is told that follows from something else that is wrong', async () => {
  const text = 'parties: {dms: {binding: {type: cim-xml, ur: x}}}\nroutes: [{to: dms}]'
  assert.equal(await problemLines(text), [
    '1:42: parties.dms.binding.ur: there is no such key; did you mean url.',
  ])
})

test.run()
