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

test('validate of plain messages, right or wrong, takes nothing beside it', () => {
  for (const it of [
    `${GOOD}.xml`,
    `${GOOD}.json`,
    'samples/der-group-change/invalid/incomplete-function.xml',
  ])
    assert.equal(packages('validate', it), ['commander'], it)
})

test('validate of what is unusual takes the XML engine, and nothing of the gateway', () => {
  const unusual = 'samples/hostile/stylesheet-http.xml'
  assert.equal(packages('validate', unusual), ['commander', 'libxml2-wasm'])
})

test('a configuration is read by what it takes', () => {
  const config = ['--config', 'deploy/cimgate.yaml']
  assert.equal(packages('validate', `${GOOD}.xml`, ...config), ['commander', 'yaml', 'zod'])
})

test.run()
