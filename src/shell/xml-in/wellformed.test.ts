import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { open } from './open.ts'
import { wellformedFindings } from './wellformed.ts'

const test = suite('wellformed')

function found(document: string | Uint8Array) {
  const opened = open(Buffer.from(document), LIMITS)
  if (!('findings' in opened)) throw new Error(`well-formed: ${String(document)}`)
  return opened.findings
}

/** What people and programs send, and the one sentence that is due. */
const MISTAKES: readonly (readonly [document: string | Uint8Array, message: RegExp])[] = [
  ['<a><b></a>', /^<b> of line 1 is not closed: <\/a> comes first/],
  ['<a></ a>', /^<a> of line 1 is not closed: an end tag that cannot/],
  ['<a>\n<b>', /^The document ends before <b> of line 2 is closed/],
  ['<a><b', /^The start tag <b does not end/],
  ['<a>b</a', /^A tag does not end with >/],
  ['<a x="1', /^The value of an attribute does not stand between/],
  ['<a x=1/>', /^The value of an attribute does not stand between/],
  ['<a x/>', /^The attribute x has no value/],
  ['<a x="1"y="2"/>', /^Attributes are not written as/],
  ['<a x="1" x="2"/>', /^The attribute x stands twice/],
  ['<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>', /^The attribute x stands twice/],
  ['<a>a & b</a>', /^An & stands in the text as it is/],
  ['<a>a &amp c</a>', /^An & stands in the text as it is/],
  ['<a>&nbsp;</a>', /^&nbsp; is not defined/],
  ['<a>1 < 2</a>', /^A < is not followed by the name/],
  ['<a x="1<2"/>', /^A < stands in the value of an attribute/],
  ['<p:a/>', /^The prefix p of a is not declared/],
  ['<a p:x="1"/>', /^The prefix p of x is not declared/],
  ['<a xmlns:p=""/>', /^xmlns:p is not declared as a namespace may be/],
  ['<a xmlns:xml="u"/>', /is not declared as a namespace may be/],
  ['<a:b:c xmlns:a="u"/>', /^a:b:c is no name with a prefix/],
  ['<a/><b/>', /^Something stands behind the end of the root/],
  ['', /^The document is empty/],
  ['hello<a/>', /^No root element begins here/],
  [' <?xml version="1.0"?><a/>', /^An XML declaration stands behind the beginning/],
  ['<?xml version="1.0"><a/>', /^The XML declaration is not as it has to be/],
  ['<?xml version=1.0?><a/>', /^The XML declaration is not as it has to be/],
  ['<?xml version="1.0" standalone="maybe"?><a/>', /^The XML declaration is not as it has to be/],
  ['<a>&#1;</a>', /^A character by its number is none that XML has: 1/],
  ['<a>&#zz;</a>', /^A character by its number is none that XML has\./],
  ['<a>\u0001</a>', /^The text holds a character that XML 1\.0 does not allow: number 1/],
  [Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), /^The octets at this place/],
  ['<a>]]></a>', /^\]\]> stands in the text/],
  ['<a><![CDATA[x</a>', /^A comment, CDATA section or processing instruction does not end/],
  ['<a><!-- x</a>', /^A comment, CDATA section or processing instruction does not end/],
  ['<a><?x </a>', /^A comment, CDATA section or processing instruction does not end/],
  ['<a><!-- x -- y --></a>', /^-- stands inside a comment/],
  ['<a><?XML x?></a>', /^A processing instruction has a name/],
]

for (const [document, message] of MISTAKES)
  test(`says one thing of ${JSON.stringify(String(document))}`, () => {
    const findings = found(document)
    assert.is(findings.length, 1, findings.map((it) => it.message).join('\n'))
    const [it] = findings
    assert.match(it?.message ?? '', message)
    assert.equal([it?.layer, it?.rule], ['wellformed', 'WF-01'])
    assert.match(it?.clause ?? '', /^(XML|Namespaces in XML) 1\.0 §\d/)
    assert.ok((it?.line ?? 0) > 0 && (it?.column ?? 0) > 0)
    for (const text of [it?.expected, it?.found]) assert.match(text ?? '', /\S/)
    for (const text of [it?.message, it?.mend]) assert.match(text ?? '', /^\S.*\.$/)
    assert.not.match(JSON.stringify(it), /xmlParse|Couldn't|PCDATA|EntityRef|AttValue/)
  })

test('says a merge conflict once for each line, not once for each sign', () => {
  const findings = found('<a>\n<<<<<<< ours\n<b/>\n<<<<<<< theirs\n</a>')
  assert.equal(new Set(findings.map((it) => it.line)).size, findings.length)
})

test('quotes words that it does not know', () => {
  const error = { message: 'Something\nnew.', line: 3, column: 4, node: 0 }
  const [finding] = wellformedFindings([error])
  assert.is(finding?.message, 'The document is not well-formed: Something new.')
  assert.equal([finding?.line, finding?.column], [3, 4])
})

test('keeps a consequence where it stands alone', () => {
  const error = { message: "Couldn't find end of Start Tag a line 1", line: 1, column: 2, node: 0 }
  assert.is(wellformedFindings([error]).length, 1)
  assert.is(wellformedFindings([error, { ...error, message: 'Blank needed here' }]).length, 1)
})

test.run()
