import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded, problemLines } from './config.fixture.ts'

const test = suite('secrets')

/** Where a secret may be written by mistake; SECRET is it. */
const LEAKS = [
  'parties: {a: {auth: [{apiKey: SECRET}]}}',
  'parties: {a: {auth: [{bearer: [SECRET]}]}}',
  'parties: {a: {auth: [{username: u, password: SECRET}]}}',
  'parties: {a: {auth: [SECRET]}}',
  'parties: {a: {auth: SECRET}}',
  'parties: {a: {auth: {apiKey: SECRET}}}',
  'parties: {a: {auth: [{apiky: SECRET}]}}',
  'parties: {a: {binding: "https://u:SECRET@x"}}',
  'parties: {a: {binding: {type: cim-xml, url: "https://u:SECRET@x.test"}}}',
  'parties: {a: {binding: {type: cim-xml, url: "https://SECRET@x.test"}}}',
  'parties: {a: {binding: {type: cim-xml, url: "u:SECRET@x.test"}}}',
  'parties: {a: {binding: {type: soap, url: "https://x.test/?api_key=SECRET"}}}',
  'parties: {a: {binding: {type: soap, url: "https://x.test/?a=1&Access-Token=SECRET"}}}',
  'parties: {a: {binding: {type: soap, url: "https://x.test/#SECRET"}}}',
  'parties: {a: {binding: {type: soap, url: "https://x.test", healthUrl: "ftp://SECRET"}}}',
  'parties: {a: {binding: {type: json, url: "https://x.test", credential: SECRET}}}',
  'parties: {a: {binding: {type: json, url: "https://x.test", credential: {bearer: SECRET}}}}',
  'parties: {a: {binding: {type: soap, url: "https://x.test", usernameToken: {username: u, password: SECRET}}}}',
  'parties: {a: {replyAddresses: ["https://u:SECRET@x"]}}',
  'addresses: ["https://u:SECRET@x"]',
  'access: {origins: ["https://u:SECRET@x"]}',
  'publicUrl: "https://u:SECRET@x"',
  'publicUrl: "https://x/?sig=SECRET"',
]

test('a secret in the open is refused wherever it stands, and never repeated', async () => {
  for (const leak of LEAKS)
    for (const secret of ['geheim', '4711'])
      for (const text of [leak, `${leak}\nbanana: 1`]) {
        const { config, effective, problems } = await loaded(text.replace('SECRET', secret))
        assert.is(config, undefined, text)
        assert.ok(
          problems.some((it) => it.severity === 'error'),
          text,
        )
        const told = JSON.stringify({ effective, problems })
        assert.not(told.includes(secret), `${text}: ${told}`)
      }
})

test('an address may have parameters that are none', async () => {
  for (const url of [
    'https://x.test/?design=1&author=b&keyword=c',
    'https://x.test:8443/a/b',
    'http://[::1]:1/',
  ])
    assert.equal(await problemLines(`publicUrl: "${url}"`), [], url)
})

test('a file with a secret lies beside the file that names it, and its whole path is told', async () => {
  const base = 'parties: {a: {auth: [{apiKey: {file: ./keys/a}}], replyAddresses: []}}'
  const own = 'extends: ./conf.d/base.yaml\nparties: {b: {auth: [{bearer: {file: b.token}}]}}'
  const { problems, files } = await loaded(own, {}, { 'conf.d/base.yaml': base })
  const told = problems.map(({ message }) => message)
  assert.ok(
    told.some((it) => it.startsWith('conf.d/keys/a cannot be read')),
    told.join('\n'),
  )
  assert.ok(files.includes('conf.d/keys/a') && files.includes('b.token'), files.join())
  const over = { CIMGATE_PARTIES_B_AUTH_0_BEARER_FILE: 'elsewhere/b' }
  assert.ok((await loaded(own, over, { 'conf.d/base.yaml': base })).files.includes('elsewhere/b'))
  const whole = await loaded(base.replace('./keys/a', '/nowhere/a'))
  assert.ok(whole.files.includes('/nowhere/a'))
})

test.run()
