// Mails over a real SMTP server: who gets which, what is said when the server is away, and that a repeated one is the same mail.

import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerOptions } from 'smtp-server'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../../gateway/ledger.ts'
import type { MailServer } from '../../gateway/mail-rules.ts'
import type { NotifyBinding } from '../../gateway/parties/party.ts'
import { mailing } from './index.ts'

const test = suite('mail')

interface Taken {
  readonly to: readonly string[]
  readonly text: string
}

/** A server that keeps what it takes. */
async function smtp(options: SMTPServerOptions = {}) {
  const taken: Taken[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (it: Buffer) => chunks.push(it))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((it) => it.address)
        taken.push({ to, text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((done) => server.close(() => done()))
  return { taken, port, close }
}

const BY: MailServer = {
  host: '127.0.0.1',
  port: 0,
  security: 'none',
  from: 'cimgate <cimgate@dso.test>',
  timeoutMs: 2_000,
}

const TO: NotifyBinding = {
  type: 'notify',
  template: '',
  technical: ['ops@dso.test'],
  business: ['programmes@dso.test'],
  occasions: ['success', 'error'],
}

function legOf(report: object, id = '0f0c3b52-9f3e-4c35-8c0e-2f3f7a9d2301'): Leg {
  const request = JSON.stringify({
    message: 'EventMessage',
    header: { Verb: 'created', Noun: 'OperationReports' },
    payload: { OperationReports: { OperationReport: [report] } },
  })
  return { id, at: '2026-07-14T05:20:00Z', request } as Leg
}

const DONE = {
  subject: 'device-scores: 1 taken',
  text: 'a.csv: taken.',
  totalCount: 1,
  succeededCount: 1,
  status: { value: 'succeeded' },
}
const FAILED = { ...DONE, succeededCount: 0, failedCount: 1, status: { value: 'failed' } }

/** [what is reported, who has to act] */
const CASES: readonly (readonly [string, object, readonly string[]])[] = [
  ['all is well', DONE, ['programmes@dso.test']],
  [
    'records are wrong',
    { ...FAILED, items: [{ code: '5.8', outcome: 'FAILED' }] },
    ['programmes@dso.test'],
  ],
  [
    'the folder is away',
    { ...FAILED, items: [{ code: '5.2', outcome: 'FAILED' }] },
    ['ops@dso.test'],
  ],
  [
    'the store has failed half way',
    { ...DONE, status: { value: 'partial' }, items: [{ code: '5.1', outcome: 'FAILED' }] },
    ['ops@dso.test', 'programmes@dso.test'],
  ],
  ['there is nothing to do', { ...DONE, totalCount: 0 }, []],
]

for (const [what, report, due] of CASES)
  test(`where ${what}: ${due.join(' and ') || 'nobody'}`, async () => {
    const { taken, port, close } = await smtp()
    const answer = await mailing(() => ({ ...BY, port }))(TO, legOf(report))
    await close()
    assert.is(answer.kind, 'answered')
    assert.equal(
      taken.flatMap((it) => it.to),
      due,
    )
  })

test('G-AC20: the mail says what the report says, and each try is the same mail', async () => {
  const { taken, port, close } = await smtp()
  const send = mailing(() => ({ ...BY, port }))
  const leg = legOf({ ...DONE, subject: 'one\r\nBcc: everybody@dso.test' })
  await send(TO, leg)
  await send(TO, leg)
  await close()
  const [first, second] = taken.map((it) => it.text)
  assert.match(first ?? '', /Subject: one Bcc: everybody@dso\.test/)
  assert.match(first ?? '', /a\.csv: taken\./)
  assert.match(first ?? '', /Auto-Submitted: auto-generated/)
  assert.match(first ?? '', /Message-ID: <0f0c3b52-9f3e-4c35-8c0e-2f3f7a9d2301@dso\.test>/)
  assert.is(second, first)
  assert.equal(
    taken.map((it) => it.to),
    [['programmes@dso.test'], ['programmes@dso.test']],
  )
})

test('a server that is away, busy or slow is tried again; what it refuses for good is not', async () => {
  const away = await mailing(() => ({ ...BY, port: 1 }))(TO, legOf(DONE))
  assert.equal([away.kind, 'permanent' in away && away.permanent], ['unreachable', false])
  for (const [responseCode, permanent] of [
    [451, false],
    [550, true],
  ] as const) {
    const refuse = Object.assign(new Error('not now'), { responseCode })
    const { port, close } = await smtp({ onRcptTo: (_address, _session, done) => done(refuse) })
    const answer = await mailing(() => ({ ...BY, port }))(TO, legOf(DONE))
    await close()
    assert.equal(
      [answer.kind, 'permanent' in answer && answer.permanent],
      ['unreachable', permanent],
    )
    assert.match('reason' in answer ? answer.reason : '', new RegExp(`${responseCode} not now`))
  }
})

test('user and password are shown over TLS alone, and a proof that is not taken is told', async () => {
  const seen: string[] = []
  const { port, close } = await smtp({
    disabledCommands: [],
    onAuth: ({ username = '', password = '' }, _session, done) => {
      seen.push(`${username} ${password}`)
      if (password === 'right') done(null, { user: username })
      else done(new Error('wrong'))
    },
  })
  const by = (password: string, security: MailServer['security'] = 'starttls'): MailServer => ({
    ...BY,
    port,
    security,
    credential: { username: 'cimgate', password },
  })
  // The certificate that the server comes with is nobody's.
  const untrusted = await mailing(() => by('right'))(TO, legOf(DONE))
  assert.equal([untrusted.kind, seen], ['unreachable', []])
  assert.match('reason' in untrusted ? untrusted.reason : '', /certificate/)
  await close()
})

test('where there is no server, that is said', async () => {
  const answer = await mailing(() => undefined)(TO, legOf(DONE))
  assert.equal([answer.kind, 'permanent' in answer && answer.permanent], ['unreachable', true])
  assert.match('reason' in answer ? answer.reason : '', /add mail\.host/)
})

test.run()
