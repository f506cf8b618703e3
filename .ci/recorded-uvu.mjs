// uvu, with a note of every test: its file, its name, what became of it, in how long, and by what it failed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as uvu from 'uvu'

const noted = []

process.on('exit', () => {
  const folder = process.env.RECORDED_TESTS
  if (folder !== undefined) writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(noted))
})

export const { test, exec } = uvu

export function suite(title, state) {
  const own = uvu.suite(title, state)
  const file = /\/dist\/(.*\.test\.js)/.exec(new Error().stack ?? '')?.[1] ?? ''
  const note = (name, result) => {
    const it = { file, name, result }
    noted.push(it)
    return it
  }
  const watched = (add) => (name, run) => {
    // Until it has run: a hook before it may fail.
    const it = note(name, 'not run')
    add(name, async (...context) => {
      const since = performance.now()
      it.result = 'failed'
      try {
        await run(...context)
        it.result = 'passed'
      } catch (error) {
        it.failure = String(error?.stack ?? error)
        throw error
      } finally {
        it.ms = Math.round(performance.now() - since)
      }
    })
  }
  const skip = (name, ...more) => {
    note(name, 'skipped')
    own.skip(name, ...more)
  }
  return Object.assign(watched(own), own, { only: watched(own.only), skip })
}
