// Cursors come back as they were, need no escape, and nothing else is one.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cursorOf, placeIn } from './cursor.ts'

const test = suite('cursor')

const PLACES = ['2026-03-01T12:00:00.000Z leg-a', 'ü 𝄞 ÿ?>', '', 'a/b+c=d', '~~~']

test('comes back as it was, in characters that a query takes as they are', () => {
  for (const place of PLACES)
    for (const listed of ['messages', 'objects'] as const) {
      const cursor = cursorOf(listed, place)
      assert.match(cursor, /^[\w-]+$/)
      assert.is(placeIn(listed, cursor), place)
      assert.is(placeIn(listed === 'messages' ? 'objects' : 'messages', cursor), undefined)
    }
})

test('nothing else is one', () => {
  const real = cursorOf('objects', 'a')
  for (const text of ['garbage', '', '%', 'a b', `${real}=`, `${real}A`, real.slice(1), 'ü'])
    assert.is(placeIn('objects', text), undefined, text)
})

test.run()
