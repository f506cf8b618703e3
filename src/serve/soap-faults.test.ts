// Events to parties that answer with a SOAP fault: tried again where the party says that it is at fault, and parked with its
// words where it says that we are.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SOAP_NS } from '../envelope/namespaces.ts'
import type { SoapVersion } from '../envelope/namespaces.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { auth, legsOf, openScene, until } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: soap faults')

const PARTIES = [
  { version: '1.1', style: 'typed', name: 'old' },
  { version: '1.2', style: 'generic', name: 'new' },
] as const

let scene: Scene
test.before(async () => {
  scene = await openScene(
    (outside) => `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-dms]}
${PARTIES.map(({ version, style, name }) => `  ${name}: {binding: {type: soap, url: "${outside}/${name}", version: "${version}", style: ${style}}}`).join('\n')}
routes:
  - {when: {noun: DERGroups, verb: [create], from: cs}, to: local}
  - {when: {noun: DERGroups, verb: [created]}, to: [old, new], order: none, retry: [20ms, 20ms]}
`,
  )
})
test.after(() => scene.close())

/** As each version of SOAP names who is at fault. */
const CODES = {
  '1.1': { peer: 'Server', busy: 'Server.Busy', ours: 'Client' },
  '1.2': { peer: 'Receiver', busy: 'Receiver', ours: 'Sender' },
} as const

function fault(version: SoapVersion, code: string, detail = ''): string {
  const [name, text] = [`s:${code}`, 'The queue is full.']
  const content =
    version === '1.1'
      ? `<faultcode>${name}</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail>`
      : `<s:Code><s:Value>${name}</s:Value></s:Code><s:Reason><s:Text xml:lang="en">${text}</s:Text></s:Reason><s:Detail>${detail}</s:Detail>`
  return `<s:Envelope xmlns:s="${SOAP_NS[version]}"><s:Body><s:Fault>${content}</s:Fault></s:Body></s:Envelope>`
}

function faultMessage(code: string): string {
  return `<FaultMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Reply><Result>FAILED</Result><Error><code>${code}</code><level>FATAL</level><reason>Not that.</reason></Error></Reply></FaultMessage>`
}

/** A group made here, and what becomes of the event about it to a party that answers so, and in the end takes it. */
async function told(name: string, answers: readonly (readonly [status: number, body: string])[]) {
  const group = newGroup()
  let n = 0
  scene.behave(({ party, body }, response) => {
    if (party !== name || !body.includes(group.mRID)) return response.writeHead(204).end()
    const [status, text] = answers[n] ?? [204, '']
    n += 1
    return response.writeHead(status, { 'Content-Type': 'text/xml' }).end(text)
  })
  assert.match((await scene.send('cs', groupXml(group))).text, /<Result>OK/)
  const leg = async () =>
    (await legsOf(scene, `direction=out&party=${name}&key=${group.mRID}`)).find(
      ({ state }) => state === 'ACKED' || state === 'PARKED',
    )
  await until(async () => (await leg()) !== undefined)
  const { state = '', reason = '', id } = (await leg()) ?? {}
  const tries = scene.heard.filter((it) => it.party === name && it.body.includes(group.mRID))
  assert.is(new Set(tries.map((it) => it.messageID)).size, 1, 'one MessageID')
  return { state, reason, tries: tries.length, id }
}

for (const { version, name } of PARTIES) {
  const { peer, busy, ours } = CODES[version]

  for (const status of [500, 200])
    test(`an event is tried again after ${peer} of SOAP ${version} with HTTP ${status}`, async () => {
      const { state, tries } = await told(name, [
        [status, fault(version, peer)],
        [status, fault(version, busy, '<x xmlns="urn:x">later</x>')],
      ])
      assert.equal([state, tries], ['ACKED', 3])
    })

  test(`it is parked with the words of the party when all tries end in ${peer}, and goes when it is redriven`, async () => {
    const all = Array.from({ length: 3 }, () => [500, fault(version, peer)] as const)
    const { state, tries, reason, id } = await told(name, all)
    assert.equal([state, tries], ['PARKED', 3])
    assert.match(reason, `SOAP fault ${peer}: The queue is full. Tried 3 times.`)
    assert.is((await scene.ask('cs', 'POST', `/api/v1/messages/${id}:redrive`)).status, 200)
    const found = async () => (await scene.ask('cs', 'GET', `/api/v1/messages/${id}`)).json
    await until(async () => (await found())['state'] === 'ACKED')
  })

  for (const code of [ours, 'MustUnderstand', 'VersionMismatch'])
    test(`it is parked at once after ${code} of SOAP ${version}`, async () => {
      const { state, tries, reason } = await told(name, [[500, fault(version, code)]])
      assert.equal([state, tries], ['PARKED', 1])
      assert.match(reason, `SOAP fault ${code}: The queue is full.`)
    })

  test(`a FaultMessage in the detail says more than ${peer} of SOAP ${version}`, async () => {
    const later = await told(name, [[500, fault(version, peer, faultMessage('5.1'))]])
    assert.equal([later.state, later.tries], ['ACKED', 2])
    const never = await told(name, [[500, fault(version, peer, faultMessage('1.8'))]])
    assert.equal([never.state, never.tries], ['PARKED', 1])
    assert.match(never.reason, '1.8 Not that.')
  })
}

test.run()
