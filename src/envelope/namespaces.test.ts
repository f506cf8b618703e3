import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MESSAGE_NS, nearMiss, NEAR_MISSES, withoutWww } from './namespaces.ts'

const test = suite('namespaces')

test('the message namespace is no near miss of itself', () => {
  assert.is(nearMiss(MESSAGE_NS), undefined)
})

test('every dialect is known by its exact namespace', () => {
  for (const row of NEAR_MISSES) assert.is(nearMiss(row.ns), row)
})

test('every row is one sentence, and dialects are named once', () => {
  for (const { text, dialect } of NEAR_MISSES)
    assert.match(text, /^This is [^.]*(\.[^ ][^.]*)*\.$/, dialect)
  assert.is(new Set(NEAR_MISSES.map((it) => it.dialect)).size, NEAR_MISSES.length)
})

test('variants that nobody has published are near misses too', () => {
  const variants = [
    'https://iec.ch/TC57/2011/schema/message',
    'http://iec.ch/TC57/2011/schema/message#',
    'http://iec.ch/TC57/2011/schema/message/',
    'http://iec.ch/tc57/2011/schema/Message',
    'http://www.iec.ch/TC57/2019/schema/message',
  ]
  for (const ns of variants) assert.is(nearMiss(ns)?.dialect, 'unknown variant', ns)
})

test('other namespaces are none', () => {
  for (const ns of ['', 'urn:x', 'http://iec.ch/TC57/2017/Widgets#', 'constructor']) {
    assert.is(nearMiss(ns), undefined, ns)
  }
})

test('the www. of a payload namespace can be taken off', () => {
  assert.is(withoutWww('http://www.iec.ch/TC57/2017/Widgets#'), 'http://iec.ch/TC57/2017/Widgets#')
  assert.is(withoutWww('http://iec.ch/TC57/2017/Widgets#'), undefined)
})

test.run()
