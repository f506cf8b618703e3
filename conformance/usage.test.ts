// How the suite is asked: what is wrong with that is wrong usage, told in words that say how to mend it, and never a run.

import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { TRANSPORT_CHECKS } from './checks/transport.ts'
import { chosen } from './chosen.ts'
import type { ConformanceOptions } from './index.ts'
import type { Results } from './results-shape.ts'
import type { Scenario } from './shapes.ts'
import { shownUrl } from './usage.ts'
import { asking } from './told.fixture.ts'

const test = suite('conformance usage')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-usage-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const told = asking(1)

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
    'a report below a file',
    () => ({ target: AWAY, ics: ICS, report: join(ICS, 'run') }),
    /^--report: .*run cannot be a folder of evidence \(.*\): name one that can be made$/m,
  ],
  [
    'a report where nothing can be made',
    () => ({ target: AWAY, ics: ICS, report: '/proc/1/a/b' }),
    /^--report: \/proc\/1\/a\/b cannot be a folder of evidence/,
  ],
  [
    'negative cases of a noun that is not claimed',
    () => ({ target: AWAY, ics: ICS, negative: ['ServiceRequests'] }),
    /^--negative ServiceRequests: no case of it is played: /,
  ],
  [
    'waivers that are not there',
    () => ({ target: AWAY, ics: ICS, waivers: join(folder, 'nothing.json') }),
    /^--waivers .*nothing\.json: there is no such file$/m,
  ],
  [
    'a case that is none',
    () => ({ target: AWAY, ics: ICS, only: ['DERG-1a', 'DERG-99'] }),
    /^--only DERG-99: that is no case of mode client, and no pack or profile of one; `cimgate/,
  ],
  [
    'a case in small letters',
    () => ({ target: AWAY, ics: ICS, only: ['derg-1a'] }),
    /^--only derg-1a: that is no case of mode client, but DERG-1a is$/m,
  ],
  ['no case at all', () => ({ target: AWAY, ics: ICS, only: [''] }), /^--only '': that is no case/],
  [
    'a case of another mode',
    () => ({ mode: 'server', role: 'AGG', only: ['DERG-1a'] }),
    /^--only DERG-1a: that is no case of mode server/,
  ],
  [
    'a case where none is played',
    () => ({ mode: 'offline', messages: folder, only: ['DERG-1a'] }),
    /^--only DERG-1a: mode offline judges what passes, and has no cases$/m,
  ],
  [
    'wrong messages to a client',
    () => ({ mode: 'server', role: 'AGG', negative: ['DERGroups'] }),
    /^--negative: in mode server no such messages are sent; mode client does$/m,
  ],
]

for (const [what, options, said] of WRONG)
  test(`${what}: wrong usage, and nothing is written`, async () => {
    const report = join(folder, 'report')
    const { exit, out, err } = await told('run', { report, ...options() })
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

const CASE = { pack: 'part5', title: '', target: [], source: '', needs: [], steps: [] }
const CASES: readonly Scenario[] = [
  { ...CASE, id: 'DERG-1a', aliases: ['IT-16'], profiles: ['C-GRP'] },
  { ...CASE, id: 'negative/DERGroups/a', pack: 'negative', profiles: ['C-ENV'] },
]

/** [--only, --negative, what is chosen by] */
const CHOSEN: readonly (readonly [readonly string[], readonly string[], readonly string[]])[] = [
  [[], ['DERGroups'], []],
  [['DERG-1a'], ['DERGroups'], ['DERG-1a', 'negative']],
  [['DERG-1a', ' IT-16 '], [], ['DERG-1a', 'IT-16']],
  [['negative/DERGroups/a'], ['DERGroups'], ['negative/DERGroups/a']],
  [['C-GRP', 'negative'], ['DERGroups'], ['C-GRP', 'negative']],
]

for (const [only, negative, by] of CHOSEN)
  test(`--only '${only.join()}' --negative '${negative.join()}' chooses '${by.join()}'`, () => {
    const cases = negative.length === 0 ? CASES.slice(0, 1) : CASES
    assert.equal(chosen({ only, negative }, cases, 'client'), by)
  })

test('a redirect is told with its status and where it leads to', () => {
  const away = { status: 302, location: 'http://elsewhere/', contentType: '' } as const
  const answer = { kind: 'answered', bytes: new Uint8Array(), ...away } as const
  const [found, ...more] = TRANSPORT_CHECKS.flatMap((it) => it.judge(answer))
  assert.equal(more, [])
  assert.is(found?.message, 'The answer has no body: HTTP 302, Location: http://elsewhere/.')
  assert.match(found?.mend ?? '', /name that in --target\. A redirect is not followed/)
})

/** [mode, options]: a product that keeps silent holds the run up, whatever the mode */
const HELD: readonly (readonly [string, () => Partial<ConformanceOptions>])[] = [
  ['client', () => ({ ics: ICS })],
  ['pair', () => ({ mode: 'pair', only: ['S-5-1/formed'] })],
]

for (const [mode, options] of HELD)
  test(`a run as ${mode} that is stopped ends at once, and is written with what was judged`, async () => {
    const silent = await openSilent()
    const target = mode === 'pair' ? `DOP=${silent.url}` : silent.url
    const report = join(folder, `stopped-${mode}`)
    // Beside a product in a pair it takes as long to be sure that nothing more comes.
    const stopped = () => (mode === 'pair' ? sleep(300) : silent.called)
    const begun = performance.now()
    const { exit, out, err } = await told('run', {
      ...{ ...options(), target, report, stopped, wait: mode === 'pair' ? 3 : 60 },
    })
    silent.close()
    assert.is(exit, 3, out + err)
    assert.ok(performance.now() - begun < 30_000)
    const { verdict, cases, wire } = JSON.parse(
      readFileSync(join(report, 'results.json'), 'utf8'),
    ) as Results
    assert.is(verdict, 'not-run')
    const open = cases.filter((it) => it.verdict === 'not-run')
    assert.equal([...new Set(open.map((it) => it.why))], ['the run was stopped'])
    if (mode === 'client')
      assert.equal(
        wire.map((it) => it.direction),
        ['request'],
      )
    assert.is((await told('verify', { folders: [report] })).exit, 0)
  })

/** Takes the message, and never answers. */
async function openSilent() {
  const server = createServer()
  const called = once(server, 'request')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/`, called, close }
}

test.run()
