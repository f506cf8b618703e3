// The operations log: one JSON line an entry on standard error, by level, errors with their cause.

import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('log')

/** What a process writes that logs one line of each level. */
function lines(level: string): readonly Readonly<Record<string, unknown>>[] {
  const script = `
    import { openLog } from ${JSON.stringify(new URL('./log.js', import.meta.url).href)}
    const log = openLog(${level})
    log.info({ noun: 'Things' }, 'a\\nb')
    log.warn({}, 'careful')
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed')`
  const { stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
  assert.is(stdout.toString(), '')
  const text = stderr.toString().trimEnd()
  return text === ''
    ? []
    : text.split('\n').map((it) => JSON.parse(it) as Readonly<Record<string, unknown>>)
}

test('writes a line for each entry, whatever is in it', () => {
  const [info, warn, error] = lines('')
  assert.equal([info?.['msg'], info?.['noun'], warn?.['msg']], ['a\nb', 'Things', 'careful'])
  assert.match(String(info?.['time']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.match(JSON.stringify(error?.['err']), /outer.*inner/)
})

test('leaves out what is below its level', () => {
  assert.is(lines("'warn'").length, 2)
  assert.is(lines("'silent'").length, 0)
})

test.run()
