import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'
import { derGroups, group, message, part } from './messages.fixture.ts'

const test = suite('unpack')

const gateway = await openFixture()
test.after(() => gateway.close())

const packed = (verb: string, xml: string) =>
  message(
    { verb },
    `<Payload><Compressed>${gzipSync(xml).toString('base64')}</Compressed><Format>XML</Format></Payload>`,
  )

test('carries out what a compressed payload asks for', async () => {
  const created = await gateway.send(packed('create', derGroups(group({ mRID: 'g' }))))
  assert.is(created.result, 'OK', created.text)
  const changed = await gateway.send(
    packed('change', derGroups(part({ mRID: 'g', description: 'new' }))),
  )
  assert.is(changed.result, 'OK', changed.text)
  const [stored] = await gateway.store.objects('DERGroups', ['g'], [])
  assert.match(stored?.body ?? '', /"description":"new"/)
})

test('takes base64 that is not compressed at all', async () => {
  const plain = Buffer.from(derGroups(group({ mRID: 'p' }))).toString('base64')
  const xml = message(
    { verb: 'create' },
    `<Payload><Compressed>${plain}</Compressed><Format>XML</Format></Payload>`,
  )
  assert.is((await gateway.send(xml)).result, 'OK')
})

test('refuses a compressed payload that its verb does not allow', async () => {
  const reply = await gateway.send(packed('create', derGroups(part({ mRID: 'h' }))))
  assert.equal([reply.result, ...reply.codes], ['FAILED', '1.8'])
})

test.run()
