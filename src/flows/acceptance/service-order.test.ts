import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { canonical, tree } from '../../schema/laws/laws.fixture.ts'
import { answerOk, auth, openScene } from '../../serve/scene.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('service orders')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ServiceOrders'
let count = 0

function order(statusKind: string, mRID = fresh()): JsonObject & { readonly mRID: string } {
  return { mRID, Work: [{ kind: 'inspection', statusKind }] }
}

function fresh(): string {
  count += 1
  return `6a6b7c8d-0000-4000-8000-00000000${1000 + count}`
}

async function told(mRID: string, statusKind: string): Promise<void> {
  await ways.told({ verb: 'changed', noun: NOUN, object: order(statusKind, mRID) })
}

test('WRK-ORDER, C1: another letter case of its mRID makes no other work of it', async () => {
  const id = '6a6b7c8d-0000-4000-8000-0000000000ab'
  const mRID = fresh()
  const works = (mRIDOfWork: string, statusKind: string) => ({
    mRID,
    Work: [{ mRID: mRIDOfWork, kind: 'inspection', statusKind }],
  })
  await ways.ok({ verb: 'create', noun: NOUN, object: works(id, 'onSite') })
  const object = works(id.toUpperCase(), 'scheduled')
  const said = await ways.refused({ verb: 'change', noun: NOUN, object })
  assert.equal(said, { code: '6.1', rule: 'WRK-ORDER', ids: [mRID] })
  await ways.ok({ verb: 'change', noun: NOUN, object: works(id.toUpperCase(), 'inProgress') })
  assert.is((await ways.stored(NOUN, mRID)).state, 'inProgress')
})

const DERMS: readonly (readonly [string, string, string])[] = [
  ['without a DERMS', '', ''],
  ['with a DERMS', '  derms: {binding: {type: cim-xml, url: "OUTSIDE/derms"}}\n', ''],
  [
    'with a DERMS that hears of orders',
    '  derms: {binding: {type: cim-xml, url: "OUTSIDE/derms"}}\n',
    '  - {when: {noun: ServiceOrders, verb: [created, changed, closed], from: cimgate}, to: derms}\n',
  ],
]

for (const [how, parties, routes] of DERMS)
  test(`SO-01/AC1, G-AC41: a service order reaches the work management as it was sent, ${how}`, async () => {
    const scene = await openScene((outside) =>
      `parties:
  dso-cs: {${auth('dso-cs')}, binding: {type: cim-xml, url: "OUTSIDE/dso-cs"}}
  wms: {${auth('wms')}, binding: {type: cim-xml, url: "OUTSIDE/wms"}}
${parties}routes:
  - {when: {noun: ServiceOrders, verb: create}, to: wms}
${routes}`.replaceAll('OUTSIDE', outside),
    )
    try {
      scene.behave(({ body }, response) => answerOk(response, body))
      const sent = sample('request')
      const { status, text } = await scene.send('dso-cs', sent)
      assert.is(status, 200)
      assert.match(text, /<Result>OK<\/Result>/)
      const [heard, ...more] = scene.heard.filter((it) => it.party === 'wms')
      assert.equal(more, [])
      assert.is(payloadOf(heard?.body ?? ''), payloadOf(sent))
    } finally {
      await scene.close()
    }
  })

function sample(name: string): string {
  const file = new URL(`../../../../samples/service-order/${name}.xml`, import.meta.url)
  return readFileSync(file, 'utf8')
}

/** The payload in canonical form: no byte of it may differ. */
function payloadOf(xml: string): string {
  const [payload] = /<(?:\w+:)?ServiceOrders[\s\S]*<\/(?:\w+:)?ServiceOrders>/.exec(xml) ?? []
  assert.ok(payload, xml)
  return canonical(tree(payload))
}

test('SO-01: an order needs no approval and begins where it says', async () => {
  for (const status of ['waitingToBeScheduled', 'scheduled', 'dispatched', 'waitingOnApproval']) {
    const object = order(status)
    await ways.ok({ verb: 'create', noun: NOUN, object })
    assert.equal(await ways.stored(NOUN, object.mRID), { state: status, object })
  }
})

test('SO-01: an order does not begin at its end', async () => {
  for (const status of ['completed', 'closed', 'cancelled']) {
    const object = order(status)
    const said = await ways.refused({ verb: 'create', noun: NOUN, object })
    assert.equal(said, { code: '6.1', rule: `SM-WRK-none-order_${status}`, ids: [object.mRID] })
  }
})

test('SO-02: progress is told, each change once; what goes back is refused', async () => {
  const object = order('waitingToBeScheduled')
  const { mRID } = object
  await ways.ok({ verb: 'create', noun: NOUN, object })
  for (const it of ['scheduled', 'dispatched', 'dispatched', 'onSite', 'completed'])
    await told(mRID, it)
  const back = await ways.refused({ verb: 'change', noun: NOUN, object: order('onSite', mRID) })
  assert.equal(back, { code: '6.1', rule: 'WRK-ORDER', ids: [mRID] })
  const late = await ways.sent({ verb: 'changed', noun: NOUN, object: order('onSite', mRID) })
  assert.match(JSON.stringify(late), /rule=WRK-ORDER/)
  await ways.told({ verb: 'closed', noun: NOUN, object: order('closed', mRID) })
  assert.equal(await ways.stored(NOUN, mRID), { state: 'closed', object: order('closed', mRID) })
  const events = (await ways.gateway.events()).filter((it) => it.subject === mRID)
  assert.equal(
    events.map((it) => it.state),
    ['waitingToBeScheduled', 'scheduled', 'dispatched', 'onSite', 'completed', 'closed'],
  )
})

test('SO-02: a cancelled order is over', async () => {
  const object = order('scheduled')
  await ways.ok({ verb: 'create', noun: NOUN, object })
  await ways.ok({ verb: 'cancel', noun: NOUN, object })
  const said = await ways.refused({ verb: 'close', noun: NOUN, object })
  assert.is(said.rule, 'WRK-ORDER')
})

test.run()
