import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { terminalOf } from './streams.ts'

const test = suite('streams')

type Env = Readonly<Record<string, string>>

/** What becomes of standard output and standard error, each a screen or not. */
function seen(out: boolean, err: boolean, env: Env = {}, columns?: number) {
  const stream = { isTTY: out, write: () => true, ...(columns === undefined ? {} : { columns }) }
  const { colour, watched, width } = terminalOf({
    stdout: stream,
    stderr: { isTTY: err, write: () => true },
    env,
  })
  return { colour, watched, width }
}

test('a screen has colours, and its own width', () => {
  assert.equal(seen(true, true, {}, 132), { colour: true, watched: false, width: 132 })
})

test('a file or a pipe has none; who sees standard error alone is shown the progress', () => {
  assert.equal(seen(false, false), { colour: false, watched: false, width: 100 })
  assert.equal(seen(false, true), { colour: false, watched: true, width: 100 })
})

test('NO_COLOR and a dumb terminal take the colours away, and nothing else', () => {
  const without: readonly Env[] = [{ NO_COLOR: '1' }, { NO_COLOR: '0' }, { TERM: 'dumb' }]
  for (const env of without)
    assert.equal(seen(true, true, env), { colour: false, watched: false, width: 100 })
  assert.ok(seen(true, true, { NO_COLOR: '', TERM: 'xterm' }).colour)
})

test('writes where it should', () => {
  const written: string[] = []
  const stream = (name: string) => ({ write: (it: string) => written.push(`${name} ${it}`) })
  const { out, err } = terminalOf({ stdout: stream('out'), stderr: stream('err'), env: {} })
  out('a')
  err('b')
  assert.equal(written, ['out a', 'err b'])
})

test.run()
