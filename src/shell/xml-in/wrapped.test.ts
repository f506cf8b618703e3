// Messages in the wrappers of the generic web service: judged as what they are, and told at the place where they stand.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import { judgeBoth } from './judge.fixture.ts'
import { judgeByEngine } from './judge.ts'
import { readXml } from './read-xml.ts'
import { validatorsOf } from './validators.ts'
import { group, groups, request, schemasIn } from './xml-in.fixture.ts'

const test = suite('wrapped')
const schemas = await schemasIn()
const validators = validatorsOf(schemas)
test.after(() => validators.dispose())

/** As clients write it: no root of a message, the name of the operation around it. */
function wrapped(message: string, ns: string = GENERIC_NS): string {
  const inside = message
    .replace('<m:RequestMessage', '<w:message')
    .replace('</m:RequestMessage>', '</w:message>')
  return `<s:Envelope xmlns:s="${SOAP_NS['1.1']}" xmlns:w="${ns}"><s:Body>\n<w:Request>\n  ${inside}\n</w:Request></s:Body></s:Envelope>`
}

const judged = (text: string) => judgeBoth(Buffer.from(text), schemas, validators, { json: true })

for (const ns of [GENERIC_NS, MESSAGE_NS]) {
  test(`a request in a wrapper of ${ns} is a RequestMessage`, () => {
    const it = judged(wrapped(request(), ns))
    assert.equal(
      [it.verdict, it.wrapper, it.root],
      ['valid', 'Request', { name: 'RequestMessage', ns: MESSAGE_NS }],
    )
    assert.equal(it.json, judged(request()).json)
  })

  test(`what is wrong in a wrapper of ${ns} is found where it was sent`, () => {
    const text = wrapped(request(groups(group().replace('true', 'yes'))), ns)
    const [finding] = judged(text).findings
    assert.is(finding?.line, 3)
    assert.is(
      text
        .split('\n')[2]
        ?.slice((finding?.column ?? 0) - 1)
        .startsWith('<g:connectDisconnect'),
      true,
    )
    assert.match(finding?.path ?? '', /^\/Envelope\/Body\/Request\/message\/Payload\//)
  })
}

test('a message that is no plain document keeps its places too', () => {
  const text = wrapped(
    request(groups(group().replace('true', 'yes'))).replace('<m:Header>', '<?x y?><m:Header>'),
  )
  const it = judgeByEngine(Buffer.from(text), schemas, validators)
  assert.equal([it.verdict, it.findings[0]?.line], ['invalid', 3])
  assert.match(it.findings[0]?.path ?? '', /\/Request\/message\/Payload\//)
})

test('a default namespace on the wrapped element is left alone', () => {
  const text = wrapped(request()).replace('<w:message', '<w:message xmlns="urn:other"')
  assert.is(judged(text).verdict, 'valid')
})

test('a wrapped message lacks what it lacks', () => {
  const text = wrapped('<m:RequestMessage></m:RequestMessage>')
  assert.is(judged(text).verdict, 'invalid')
})

test('a document is read before it is judged, plain or not, and none that is refused', () => {
  for (const text of ['<a><b/></a>', '<?x y?><a><b/></a>'])
    assert.is(readXml(Buffer.from(text))?.children[0]?.name, 'b', text)
  for (const text of ['<a>', '<!DOCTYPE a><a/>', '', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`])
    assert.is(readXml(Buffer.from(text)), undefined, text)
})

test.run()
