// What a command loads of others: each package costs every start some of its time, and most commands need none.

import { spawnSync } from 'node:child_process'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLI, ROOT } from './process.fixture.ts'

const test = suite('cli: loaded')

/** Names of the packages that a command loads, as Node tells of them. */
function packages(...args: readonly string[]): readonly string[] {
  const env = { ...process.env, NODE_DEBUG: 'esm' }
  const { stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  })
  const told = stderr.matchAll(/Translating \w+ file:\S*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)
  return [...new Set([...told].map(([, name = '']) => name))].sort()
}

const GOOD = 'samples/der-group-form/request'

test('help takes the reader of arguments only', () => {
  assert.equal(packages('--help'), ['commander'])
})

test('validate takes the XML engine beside it, and nothing of the gateway', () => {
  assert.equal(packages('validate', `${GOOD}.xml`), ['commander', 'libxml2-wasm'])
  assert.equal(packages('validate', `${GOOD}.json`), ['commander', 'libxml2-wasm'])
})

test('a configuration is read by what it takes', () => {
  const config = ['--config', 'deploy/cimgate.yaml']
  assert.equal(
    packages('validate', `${GOOD}.xml`, ...config).filter((it) => it !== 'libxml2-wasm'),
    ['commander', 'yaml', 'zod'],
  )
})

test.run()
