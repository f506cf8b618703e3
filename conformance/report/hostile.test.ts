// Nothing of what a hostile target sends becomes markup, in any of the reports.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import { readXml } from '../xml.ts'
import { CASES, REPLY, keptOf, saying, textOf } from './kept.fixture.ts'
import { escaped } from './markup.ts'
import { shown } from './octets.ts'

const test = suite('conformance report: hostile')
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

/** [what, octets of every reply] */
const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ['a script', Buffer.from(REPLY('&lt;script&gt;alert(1)&lt;/script&gt;<![CDATA[<script>]]>'))],
  [
    'the end of a section',
    Buffer.from(REPLY(']]&gt;--></code></pre><img src=x onerror=alert(1)>')),
  ],
  ['an attribute', Buffer.from(REPLY(`" onmouseover="alert(1)' x='`))],
  ['the other direction', Buffer.from(REPLY('\u202egnp.exe\u2066\u200b'))],
  ['invalid UTF-8', Buffer.from(REPLY('\xff\xfe<script>'), 'latin1')],
  ['control characters', Buffer.from(REPLY('\u0000\u001b[31m\u009b'))],
  ['UTF-16', Buffer.from(`\ufeff${REPLY('<script>')}`, 'utf16le')],
]

for (const [what, bytes] of HOSTILE)
  test(`nothing that a target sends becomes markup: ${what}`, async () => {
    const ran = await played(DERMS_OPERATIONS, ground, { only: CASES, between: saying(bytes) })
    const files = keptOf(ran)
    const html = textOf(files, 'report.html')
    assert.not.match(html, /<script|<img|onerror=alert\(1\)>|<[^>]*\son\w+\s*=/i)
    // eslint-disable-next-line no-control-regex
    assert.not.match(
      html,
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
    )
    assert.is(html.match(/<pre\b/g)?.length, html.match(/<\/pre>/g)?.length)
    assert.ok(readXml(Buffer.from(textOf(files, 'junit.xml'))) !== undefined, 'junit.xml')
    assert.not.match(textOf(files, 'summary.md'), /<script|<img/)
    assert.ok(html.includes('class="finding fail"'))
    assert.equal(files[ran.results.wire[1]?.file ?? ''], bytes, 'the wire is as it came')
  })

test('octets that are no text stand by their value, and a long message says that it goes on', () => {
  assert.equal(shown(Buffer.from('a\xffb\n\xc3', 'latin1')).lines, ['a⟨0xff⟩b', '⟨0xc3⟩'])
  const long = shown(Buffer.from('ä'.repeat(40_000)))
  assert.match(long.note, /^The first 65536 of 80000 octets/)
  assert.not.match(long.lines.join(''), /⟨0x/)
  assert.is(
    escaped(`<a b="c" d='e'>&\r\u202e`),
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;␍⟨U+202E⟩',
  )
})

test.run()
