// The audit log on a server: one chain of all nodes, proved while they go on.

import * as assert from 'uvu/assert'
import { runAudit } from '../../../main.ts'
import { NOTHING, NOW } from '../contract/ledger.ts'
import { counted } from '../contract/samples.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import { serverSuite } from './suite.fixture.ts'

const { onServer, open, run } = serverSuite('store: audit log on a server')

async function verify(database: string): Promise<readonly [code: number, out: string]> {
  let out = ''
  const plain = { err: () => undefined, colour: false, watched: false, width: 80 }
  const terminal = { out: (text: string) => void (out += text), ...plain }
  return [await runAudit('verify', { data: '', database }, terminal), out]
}

onServer('T17: two nodes write one chain, and each line is in it once', async (server) => {
  const url = await newSchema(server)
  const nodes = await Promise.all([open(url), open(url)])
  const line = (who: string, n: number) => ({
    at: NOW,
    who,
    what: 'x',
    subject: `${n}`,
    details: '',
  })
  await Promise.all(
    nodes.flatMap((it, node) =>
      counted(60).map((n) => it.commit({ ...NOTHING, audit: [line(`node ${node}`, n)] })),
    ),
  )
  const [code, out] = await verify(url)
  assert.is(code, 0, out)
  assert.match(out, /120 lines/)
  const lines = (await nodes[0]?.audit({ limit: 1_000 })) ?? []
  assert.is(new Set(lines.map((it) => `${it.who} ${it.subject}`)).size, 120)
  assert.not.match(out, /password|postgres:\/\/[^@/]*:[^@/]*@/)
})

onServer(
  'T17: what somebody does to the tables is found while the gateway goes on',
  async (server) => {
    const url = await newSchema(server)
    const store = await open(url)
    const write = (n: number) =>
      store.commit({
        ...NOTHING,
        audit: [{ at: NOW, who: 'w', what: 'x', subject: `${n}`, details: 'd' }],
      })
    for (const n of counted(9)) await write(n)
    await sqlOn(url, `delete from "audit" where "seq" > 7`)
    await write(9)
    const [cut, missing] = await verify(url)
    assert.is(cut, 1)
    assert.match(missing, /Lines 8 to 9 are missing\./)
    await sqlOn(url, `update "audit" set "details" = 'e' where "seq" = 4`)
    const [, changed] = await verify(url)
    assert.match(changed, /Line 4 .* has another text/)
  },
)

run()
