// A party at the address where the gateway itself listens: what is sent there would come back in. Refused at the start, and
// of a configuration that is changed, also where the port is any free one.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { waitFor } from '../shell/wait.fixture.ts'
import { endAll, newFolder, startIn } from './process.fixture.ts'

const test = suite('serve: own address')
test.after(endAll)

const OWN =
  /parties\.dms\.binding\.url is where cimgate itself listens \(port \d+ of this machine\)/

/** A gateway with one party at this address. */
async function front(url: string, ...more: readonly string[]) {
  const folder = newFolder()
  const config = join(folder, 'cimgate.yaml')
  const change = (to: string) =>
    writeFileSync(
      config,
      `parties: {ops: {operator: true, auth: [{apiKey: "\${OPS_KEY}"}]}, dms: {binding: {type: cim-xml, url: "${to}"}}}\nroutes: [{to: dms}]\n`,
    )
  change(url)
  const keys = { OPS_KEY: 'key-of-ops' }
  const served = await startIn(keys, join(folder, 'data'), '--config', config, ...more)
  return { ...served, change }
}

test('it is refused of a changed configuration, and the one before stays', async () => {
  const it = await front('http://127.0.0.1:1/cim')
  it.change(`${it.address.replace('127.0.0.1', 'localhost')}/cim`)
  await waitFor(() => OWN.test(it.said()), `refused\n${it.said()}`)
  const metrics = await fetch(`${it.address}/metrics`, { headers: { 'X-API-Key': 'key-of-ops' } })
  assert.match(await metrics.text(), 'cimgate_config_reloads{result="refused"} 1\n')
  assert.is(await it.end('SIGTERM'), 0)
})

test('it is refused at the start', async () => {
  const it = await front('http://127.0.0.1:1/cim')
  await it.end('SIGTERM')
  const [url, { port }] = [`${it.address}/cim`, new URL(it.address)]
  const said = await front(url, '--port', port).then(
    () => 'it runs',
    (error: Error) => error.message,
  )
  assert.match(said, /^exit 2: /)
  assert.match(said, OWN)
})

test.run()
