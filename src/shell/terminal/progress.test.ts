import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { progressOn } from './progress.ts'

const test = suite('progress')

function written(watched: boolean, files: number): string {
  let text = ''
  const err = (it: string) => (text += it)
  const progress = progressOn({ out: err, err, watched, colour: false, width: 80 })
  for (let done = 0; done < files; done += 1) {
    progress.clear()
    progress.step()
  }
  progress.clear()
  return text
}

test('a short run shows nothing', () => {
  assert.is(written(true, 99), '')
})

test('a long run shows one line, and takes it away before anything else is written', () => {
  assert.is(written(true, 250), '\r\u001b[K100 files\r\u001b[K\r\u001b[K200 files\r\u001b[K')
})

test('nothing where nobody watches', () => {
  assert.is(written(false, 250), '')
})

test.run()
