// What a person hears of a configuration that is changed, at the level of the log that is the default, and what stands in
// the audit log.

import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openStore } from '../shell/store/index.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { endAll, newFolder, start, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'

const test = suite('serve: configuration told')

test.after(endAll)

const KEYS = { KEY_ONE: 'key-one' }
/** Nothing is sent there. */
const ADDRESS = 'http://127.0.0.1:9/cim'

function to(more = ''): string {
  return `parties: {me: {auth: [{apiKey: "\${KEY_ONE}"}]}, dms: {binding: {type: cim-xml, url: "${ADDRESS}"}}}
routes: [{to: dms}]
${more}`
}

/** The lines of the log that speak of the configuration. */
function toldOf(it: Served): readonly Readonly<Record<string, unknown>>[] {
  const lines = it
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
  return lines
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .filter(({ msg }) => String(msg).includes('configuration'))
}

test('at the default level the log says what is taken over, what is refused, and that the refused one is mended', async () => {
  const [folder, config] = [newFolder(), join(newFolder(), 'cimgate.yaml')]
  const change = (text: string) => {
    writeFileSync(`${config}.new`, text)
    renameSync(`${config}.new`, config)
  }
  change(to())
  const it = await startIn(KEYS, folder, '--config', config)
  const told = (count: number) => waitFor(() => toldOf(it).length >= count, it.said())
  const right = to('limits: {depth: 20}\n')
  change(right)
  await told(1)
  change(right.replace('to: dms', 'to: nobody'))
  await told(2)
  change(right)
  await told(3)
  await it.end('SIGTERM')
  const [taken, refused, mended] = toldOf(it)
  assert.match(String(taken?.msg), /in force/)
  assert.equal([taken?.keys, taken?.who, taken?.level], [['limits'], 'file', 40])
  assert.match(String(refused?.msg), /refused/)
  assert.match(
    String(refused?.problems),
    /cimgate\.yaml:2:\d+: routes\[0\]\.to: there is no party nobody/,
  )
  assert.is(refused?.version, taken?.version)
  assert.match(String(mended?.msg), /can be used again/)
})

/** @returns who changed the configuration to which, the newest last */
async function audited(data: string): Promise<readonly (readonly [string, string])[]> {
  const store = await openStore(data)
  const audit = await store.audit({ limit: 100 })
  await store.close()
  return audit
    .filter(({ what }) => what === 'configuration')
    .map(({ who, details }) => [who, details] as const)
}

test('a start writes to the audit log only what has changed since the last one, also on the way back', async () => {
  const [data, config] = [newFolder(), join(newFolder(), 'cimgate.yaml')]
  const [one, other] = [to(), to('limits: {depth: 20}\n')]
  const counts: number[] = []
  for (const text of [one, one, other, other, one, one]) {
    writeFileSync(config, text)
    const it = await startIn(KEYS, data, '--config', config)
    await it.end('SIGTERM')
    counts.push((await audited(data)).length)
  }
  assert.equal(counts, [1, 1, 2, 2, 3, 3])
})

/** Another one each time that it is read, while nothing else of the file changes: nobody who looks at it can tell. */
const EVER_NEW = '/proc/sys/kernel/random/uuid'

test('SIGHUP alone has the files read anew, where no change of them can be seen', async () => {
  if (!existsSync(EVER_NEW)) return
  const config = join(newFolder(), 'cimgate.yaml')
  writeFileSync(
    config,
    `parties: {me: {auth: [{apiKey: {file: ${EVER_NEW}}}]}}\nroutes: [{to: local}]\n`,
  )
  const it = await start(newFolder(), '--config', config)
  const askers = () => toldOf(it).map(({ who }) => who)
  // The first look counts as a change.
  await waitFor(() => askers().length === 1, it.said())
  it.child.kill('SIGHUP')
  await waitFor(() => askers().length === 2, it.said())
  await it.end('SIGTERM')
  assert.equal(askers(), ['file', 'SIGHUP'])
})

test.run()
