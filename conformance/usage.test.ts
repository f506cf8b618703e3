// How the suite is asked: what is wrong with that is wrong usage, told in words that say how to mend it, and never a run.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TRANSPORT_CHECKS } from './checks/transport.ts'
import { conformance } from './index.ts'
import type { ConformanceOptions } from './index.ts'
import { shownUrl } from './usage.ts'

const test = suite('conformance usage')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-usage-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const DEFAULTS: ConformanceOptions = { only: [], strict: false, wait: 1, header: {} }

async function told(action: string, options: Partial<ConformanceOptions> = {}) {
  let [out, err] = ['', '']
  const terminal = { out: (it: string) => void (out += it), err: (it: string) => void (err += it) }
  const exit = await conformance(action, { ...DEFAULTS, ...options }, { xsd: [] }, terminal)
  return { exit, out, err }
}

const ICS = join(folder, 'ics.json')
const GATEWAY = join(folder, 'gateway.json')
test.before(async () => {
  writeFileSync(ICS, (await told('list', { role: 'DOP' })).out)
  writeFileSync(GATEWAY, (await told('list', { role: 'GW' })).out)
})

const AWAY = 'http://127.0.0.1:1/cim'
const SECRET = 'http://user:secret@127.0.0.1:1/cim'

/** [what, options, what is said] */
const WRONG: readonly (readonly [string, () => Partial<ConformanceOptions>, RegExp])[] = [
  ['no address', () => ({ ics: ICS }), /^--target says where the product under test takes/],
  ['a word as address', () => ({ ics: ICS, target: 'foo' }), /^--target foo is no address; it/],
  ['an empty address', () => ({ ics: ICS, target: '' }), /^--target '' is no address; it says/],
  ['FTP', () => ({ ics: ICS, target: 'ftp://x/' }), /^--target ftp:\/\/x\/: messages travel over/],
  ['a file', () => ({ ics: ICS, target: 'file:///etc/passwd' }), /passwd: messages travel over/],
  [
    'a password',
    () => ({ ics: ICS, target: SECRET }),
    /^--target http:\/\/127\.0\.0\.1:1\/cim: the name and the password .* --header 'Authorization=Basic …'/,
  ],
  [
    'a password to a gateway',
    () => ({ mode: 'gateway', ics: GATEWAY, target: SECRET }),
    /--target http:\/\/127/,
  ],
  [
    'a password to a status feed',
    () => ({ transport: 'websocket', ics: GATEWAY, target: SECRET }),
    /--target http:\/\/127\.0\.0\.1:1\/cim: the name/,
  ],
  [
    'a password to the other of two',
    () => ({ mode: 'middle', target: AWAY, other: SECRET }),
    /^--other http:\/\/127\.0\.0\.1:1\/cim: the name/,
  ],
  [
    'a password of what triggers',
    () => ({ mode: 'server', role: 'AGG', backchannel: SECRET }),
    /^--backchannel http:\/\/127\.0\.0\.1:1\/cim: the name/,
  ],
  [
    'a password among parties',
    () => ({ mode: 'pair', target: `CIS=${AWAY} DOP=${SECRET}` }),
    /^--target DOP=http:\/\/127\.0\.0\.1:1\/cim: the name/,
  ],
  [
    'a role that is two products',
    () => ({ mode: 'pair', target: `DOP=${AWAY} CIS,DOP=http://127.0.0.1:2/` }),
    /: DOP stands there twice, and a role is played by one product$/m,
  ],
  [
    'a role that is none',
    () => ({ mode: 'pair', target: `DSO=${AWAY}` }),
    /it says who the product is, .* roles are CUST, CIS/,
  ],
  [
    'no statement',
    () => ({ target: AWAY }),
    /^--ics names the capability statement of the product; .* prints one to fill in$/m,
  ],
  [
    'a statement that is not there',
    () => ({ target: AWAY, ics: join(folder, 'nothing.json') }),
    /^--ics .*nothing\.json: there is no such file$/m,
  ],
  [
    'a folder as statement',
    () => ({ target: AWAY, ics: folder }),
    /^--ics .*: this is a folder, and a file is due$/m,
  ],
  [
    'waivers that are not there',
    () => ({ target: AWAY, ics: ICS, waivers: join(folder, 'nothing.json') }),
    /^--waivers .*nothing\.json: there is no such file$/m,
  ],
]

for (const [what, options, said] of WRONG)
  test(`${what}: wrong usage, and nothing is written`, async () => {
    const report = join(folder, 'report')
    const { exit, out, err } = await told('run', { ...options(), report })
    assert.is(exit, 2, err)
    assert.match(err, said)
    assert.not.match(out + err, /secret/)
    assert.not.ok(existsSync(report))
  })

/** [address, as it is shown] */
const SHOWN: readonly (readonly [string, string])[] = [
  ['http://h/cim', 'http://h/cim'],
  ['http://u:p@h/cim', 'http://h/cim'],
  ['http://u:p@ss@h/cim?x=a@b', 'http://h/cim?x=a@b'],
  ['http://h/cim?to=a@b', 'http://h/cim?to=a@b'],
  ['http://u:p/w@h/cim', 'http://h/cim'],
  ['CIS,DCS=http://u:p@h/ DOP=http://i/', 'CIS,DCS=http://h/ DOP=http://i/'],
  ['capture@home', 'capture@home'],
]

for (const [address, shown] of SHOWN)
  test(`of ${address} is shown ${shown}`, () => assert.is(shownUrl(address), shown))

test('a redirect is told with its status and where it leads to', () => {
  const away = { status: 302, location: 'http://elsewhere/', contentType: '' } as const
  const answer = { kind: 'answered', bytes: new Uint8Array(), ...away } as const
  const [found, ...more] = TRANSPORT_CHECKS.flatMap((it) => it.judge(answer))
  assert.equal(more, [])
  assert.is(found?.message, 'The answer has no body: HTTP 302, Location: http://elsewhere/.')
  assert.match(found?.mend ?? '', /name that in --target\. A redirect is not followed/)
})

test.run()
