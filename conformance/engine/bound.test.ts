// What a reply says in another edition than it was asked in, which somebody has imported a schema of: it is right by that, and none
// of what a case, or a scenario, expects.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { ofYear } from '../peers/broken/editions.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import type { Peer } from '../peers/peer.ts'
import { replying } from '../peers/variants.ts'
import { played } from '../selftest/playing.ts'
import { actorRows } from '../selftest/scenes.ts'
import { readXml } from '../xml.ts'
import { bound, spokenIn } from './bound.ts'

const test = suite('conformance engine: bound')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-bound-'))
let ground: OpenGround
test.before(async () => {
  for (const noun of ['DERGroups', 'DERGroups.change', 'DERGroupQueries']) {
    const shipped = new URL(`../../../xsd/part5/${noun}.xsd`, import.meta.url)
    const text = readFileSync(shipped, 'utf8').replaceAll('/2017/', '/2015/')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${noun}.xsd`), text)
  }
  ground = await openGround({ xsd: [folder] })
})
test.after(async () => {
  await ground.close()
  rmSync(folder, { recursive: true, force: true })
})

const inYear = (year: number) => replying((it) => ofYear(it, year))

for (const [year, due] of [
  [2017, []],
  [2015, ['GRP-04']],
] as const)
  test(`as a client: a reply of ${year} to a request of 2017`, async () => {
    const { results } = await played(inYear(year)(DERMS_OPERATIONS as Peer), ground, {
      only: ['DERG-1a'],
    })
    const found = results.cases.flatMap((it) => it.findings.map((one) => one.requirement))
    assert.equal([...new Set(found)], due)
  })

test('in a scenario: a reply of 2015 to a request of 2017', async () => {
  const actor = {
    ...{ branch: 'S-5-1/formed', role: 'DOP' as const, id: 'of 2015' },
    ...{ kills: ['GFO-06', 'GRP-04'], of: inYear(2015) },
  }
  const [row] = await actorRows(ground, { actors: [actor] })
  assert.is(row?.isRight, true, JSON.stringify(row))
})

const message = (text: string) =>
  readXml(Buffer.from(`<M xmlns="http://iec.ch/TC57/2011/schema/message">${text}</M>`))
const groups = (year: number) => `<DERGroups xmlns="http://iec.ch/TC57/${year}/DERGroups#"/>`
const set = (year: number) =>
  `<OperationSet><Operation><operationId>1</operationId>${groups(year)}</Operation></OperationSet>`
const asked =
  '<Request><DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"/></Request>'

/** [asked, said, how much of it is meant] */
const MEANT: readonly (readonly [string, string, number])[] = [
  [`<Payload>${groups(2017)}</Payload>`, `<Payload>${groups(2017)}</Payload>`, 1],
  [`<Payload>${groups(2017)}</Payload>`, `<Payload>${groups(2015)}</Payload>`, 0],
  [`<Payload>${set(2017)}</Payload>`, `<Payload>${groups(2015)}</Payload>`, 0],
  [`<Payload>${groups(2017)}</Payload>`, `<Payload>${set(2015)}</Payload>`, 0],
  [`<Payload>${groups(2017)}</Payload>`, `<Payload>${set(2017)}</Payload>`, 1],
  [asked, `<Payload>${groups(2015)}${groups(2017)}</Payload>`, 1],
  ['<Request><ID>1</ID></Request>', `<Payload>${groups(2015)}</Payload>`, 1],
]
for (const [first, said, count] of MEANT)
  test(`${first} is answered by ${said}`, () => {
    const heard = { bytes: Buffer.from(''), observations: [], undecided: undefined }
    const root = message(said)
    const meant = bound({ ...heard, root }, spokenIn([message(first)]))
    assert.is(JSON.stringify(meant).split('"DERGroups"').length - 1, count)
    if (count === JSON.stringify(root).split('"DERGroups"').length - 1) assert.is(meant, root)
  })

test.run()
