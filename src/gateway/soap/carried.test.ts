import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from '../gateway.fixture.ts'
import { derGroups, group, message, payload } from '../messages.fixture.ts'

const test = suite('soap: carried')

const gateway = await openFixture()
test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const SOAP = {
  '1.1': ['http://schemas.xmlsoap.org/soap/envelope/', 'text/xml; charset=utf-8'],
  '1.2': ['http://www.w3.org/2003/05/soap-envelope', 'application/soap+xml; charset=utf-8'],
} as const

for (const [version, [ns, contentType]] of Object.entries(SOAP)) {
  const wrapped = (body: string) =>
    `<s:Envelope xmlns:s="${ns}"><s:Body>${body}</s:Body></s:Envelope>`

  test(`answers SOAP ${version} in SOAP ${version}`, async () => {
    const reply = await gateway.send(
      wrapped(message({ verb: 'create' }, payload(group({ mRID: 'g' })))),
    )
    assert.is(reply.rendered.contentType, contentType)
    assert.is(reply.judged.soap, version)
    assert.is(reply.judged.verdict, 'valid')
    assert.is(reply.result, 'OK')
  })

  test(`puts a fault into the detail of a SOAP ${version} fault`, async () => {
    const { text, rendered } = await gateway.send(wrapped(derGroups(group({}))))
    assert.is(rendered.status, 400)
    assert.match(
      text,
      new RegExp(`^<\\?xml[^>]*>\\n<soap:Envelope xmlns:soap="${ns}"><soap:Body><soap:Fault>`),
    )
    assert.match(text, /<FaultMessage xmlns=.*<\/FaultMessage><\/(soap:D|d)etail>/)
  })
}

test.run()
