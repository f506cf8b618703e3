// Files from a folder through a whole gateway: what is taken, what is not, and what people see of it.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { sha256 } from '../../shell/digest.ts'
import { openFolders, scores, scoresIn } from './folder.fixture.ts'
import type { FolderScene, OpenRules } from './folder.fixture.ts'

const test = suite('gateway: files')

const folders = await openFolders()
test.after(() => folders.close())

/** Runs a test on a folder of its own. */
function on(rules: OpenRules, run: (scene: FolderScene) => Promise<void>) {
  return () => run(folders.open(rules))
}

/** Lines and outcome of each item of a report. */
function itemsIn(report: JsonObject) {
  const items = (report['items'] ?? []) as readonly JsonObject[]
  return items.map((it) => [it['outcome'], it['lineNumber'] ?? null]).toSorted()
}

const twins = ({ line }: FolderScene) => [
  line('A', '0.3'),
  line('A', '0.3'),
  line('B', '0.1'),
  line('B', '0.9'),
  line('C', '0.5'),
]

test(
  'SC-01/AC3, G-AC19, IT-32: records that are the same are one, those that contradict each other none; their lines are reported',
  on({}, async (scene) => {
    scene.put('a.csv', scores(...twins(scene)))
    const report = await scene.run()
    assert.equal(await scoresIn(scene), { A: 0.3, C: 0.5 })
    assert.equal(scene.names(), ['a.csv.done'])
    assert.equal(itemsIn(report), [
      ['FAILED', [4, 5]],
      ['SKIPPED', [2, 3]],
    ])
    assert.match(String(report['text']), /5 records: 2 taken, 2 not taken, 1 the same as another/)
    assert.is((report['status'] as JsonObject)['value'], 'partial')
  }),
)

for (const [twice, due] of [
  ['firstWins', { A: 0.3, B: 0.1, C: 0.5 }],
  ['lastWins', { A: 0.3, B: 0.9, C: 0.5 }],
  ['rejectFile', {}],
] as const)
  test(
    `SC-01/AC3: as the policy of the folder says: ${twice}`,
    on({ twice }, async (scene) => {
      scene.put('a.csv', scores(...twins(scene)))
      const report = await scene.run()
      assert.equal(await scoresIn(scene), due)
      assert.is(scene.names()[0], twice === 'rejectFile' ? 'a.csv.failed' : 'a.csv.done')
      assert.match(JSON.stringify(report), /4, 5|"lineNumber":\[4,5\]/)
    }),
  )

test(
  'SC-01/AC4: of a file that is cut off nothing is taken, nor of one with another number of records',
  on({}, async (scene) => {
    const text = scores(scene.line('A', '0.3'), scene.line('B', '0.1'))
    scene.put('1.csv', text, { recordCount: 3 })
    scene.put('2.csv', text)
    writeFileSync(join(scene.folder, '2.csv'), text.slice(0, -20))
    scene.put('3.csv', text, { sha256: '0'.repeat(64) })
    const report = await scene.run()
    assert.equal(await scoresIn(scene), {})
    assert.equal(scene.names(), ['1.csv.failed', '2.csv.failed', '3.csv.failed'])
    assert.match(String(report['text']), /has 2 records, and its manifest says 3/)
    assert.match(String(report['text']), /octets, and its manifest says \d+: it is not whole/)
    assert.match(String(report['text']), /SHA-256 is not that of its manifest/)
    assert.is(Number(report['failedCount']), 3)
    assert.is(report['severity'], 'alarm')
  }),
)

test(
  'SC-01/AC5: files are taken in their sequence, and a score never overwrites a later one',
  on({}, async (scene) => {
    scene.put('a.csv', scores(scene.line('A', '0.9', '2026-07-14T07:00:00Z')), { sequence: 2 })
    scene.put('b.csv', scores(scene.line('A', '0.1', '2026-07-14T06:00:00Z')), { sequence: 1 })
    scene.put('c.csv', scores(scene.line('A', '0.2', '2026-07-14T06:30:00Z')), { sequence: 3 })
    const report = await scene.run()
    const files = report['files'] as readonly JsonObject[]
    assert.equal(
      files.map((it) => it['fileName']),
      ['b.csv', 'a.csv', 'c.csv'],
    )
    assert.equal(await scoresIn(scene), { A: 0.9 })
    assert.match(String(report['text']), /1 records: 0 taken, 1 out of date/)
    assert.equal(scene.names(), ['a.csv.done', 'b.csv.done', 'c.csv.done'])
  }),
)

test(
  'SC-01/AC6: where no file is there, that is reported once',
  on({}, async (scene) => {
    const report = await scene.run()
    assert.match(String(report['subject']), /nothing to do/)
    await scene.look()
    assert.is((await scene.reports()).length, 1)
  }),
)

test(
  'G-AC16, G-AC17: SHA-256 and number of records are kept, and the same content is taken once',
  on({}, async (scene) => {
    const text = scores(scene.line('A', '0.3'), scene.line('B', '0.1'))
    scene.put('a.csv', text)
    await scene.run()
    scene.put('b.csv', text)
    scene.put('a.csv', text)
    const report = await scene.run()
    assert.match(String(report['subject']), /2 taken before/)
    assert.is(scene.names().filter((it) => it.endsWith('.done')).length, 3)
    const json = await scene.whole.ok('cs', 'GET', '/api/v1/file-transfers')
    const all = json['FileTransfer'] as readonly JsonObject[]
    const [kept, ...others] = all.filter((it) => it['sha256'] === sha256(text))
    assert.is(others.length, 0)
    assert.is(Number(kept?.['recordCount']), 2)
    const { legs } = await scene.whole.store.legs({ noun: ['DeviceScores'], limit: 100 })
    const bodies = await Promise.all(legs.map((it) => scene.whole.store.leg(it.id)))
    assert.is(bodies.filter((it) => it?.request.includes(scene.id)).length, 1)
  }),
)

test(
  'records that are wrong are left out with their lines, and the others are taken',
  on({}, async (scene) => {
    scene.put(
      'a.csv',
      `${scores(
        scene.line('A', 'high'),
        scene.line('', '0.1'),
        scene.line('C', '0.5', '2026-02-30T05:00:00Z'),
        scene.line('D', '0.5', '2026-07-14T05:00:00'),
        scene.line('E', '12345678901.123'),
        `${scene.line('F', '1')},more`,
      )}`,
    )
    const report = await scene.run()
    assert.equal(Object.keys(await scoresIn(scene)), ['E'])
    assert.equal(
      itemsIn(report).map(([, lines]) => lines),
      [[2], [3], [4], [5], [7]],
    )
    assert.match(String(report['text']), /line 2: score is not a decimal number/)
    assert.match(String(report['text']), /line 3: nicId is empty/)
    assert.match(String(report['text']), /line 7: The record has 7 values, and there are 6 columns/)
    assert.not.match(String(report['text']), /high/, 'values are not repeated')
  }),
)

test(
  'a file without its manifest waits for it, and is told of when that takes long',
  on({}, async (scene) => {
    scene.put('a.csv', scores(scene.line('A', '0.3')), null)
    const report = await scene.run()
    assert.match(String(report['text']), /a\.csv has waited for its manifest/)
    assert.equal(scene.names(), ['a.csv'])
  }),
)

test(
  'names of the Oracle profile; without manifests files are taken in the order of their names',
  on({ manifest: 'optional', tags: 'prefix', names: 'SDCSE*' }, async (scene) => {
    scene.put('SDCSE10.csv', scores(scene.line('A', '0.2')), null)
    scene.put('SDCSE9.csv', scores(scene.line('A', '0.1')), null)
    scene.put('other.csv', scores(scene.line('B', '0.1')), null)
    scene.put('SDCSE11.csv', 'no,columns\n1,2\n', null)
    await scene.run()
    assert.equal(scene.names(), [
      'Error-SDCSE11.csv',
      'Sent-SDCSE10.csv',
      'Sent-SDCSE9.csv',
      'other.csv',
    ])
    assert.equal(await scoresIn(scene), { A: 0.2 })
  }),
)

test(
  'byte order marks, line ends of Windows, tabs, quotes and other encodings are read as their manifest says',
  on({}, async (scene) => {
    const tabs = (it: string) => it.replaceAll(',', '\t').replaceAll('\n', '\r\n')
    scene.put('1.tsv', `\ufeff${tabs(scores(scene.line('A', '0.1')))}`, { delimiter: 'tab' })
    const latin = Buffer.from(scores(scene.line('Größe', '0.2')), 'latin1')
    scene.put('2.csv', latin, { encoding: 'iso-8859-1' })
    scene.put('3.csv', Buffer.from(scores(scene.line('Bär', '0.2')), 'latin1'))
    scene.put('4.csv', scores(`${scene.id},"C,""1""",,0.3,true,2026-07-14T05:00:00Z`))
    scene.put('5.csv', scores(`${scene.id},"D,SUMMER,0.3,true,2026-07-14T05:00:00Z`))
    scene.put('6.csv', '')
    const report = await scene.run()
    assert.equal(await scoresIn(scene), { A: 0.1, Größe: 0.2, 'C,"1"': 0.3 })
    assert.match(String(report['text']), /3\.csv .*Its text is not in utf-8/)
    assert.match(String(report['text']), /5\.csv .*cannot be read as a table/)
    assert.match(String(report['text']), /6\.csv .*It is empty/)
  }),
)

test(
  'a file that is longer than may be is failed, and the others are taken',
  on({ mostBytes: 200 }, async (scene) => {
    scene.put('a.csv', scores(...Array.from({ length: 20 }, (_, n) => scene.line(`A${n}`, '1'))))
    scene.put('b.csv', scores(scene.line('B', '0.1')))
    const report = await scene.run()
    assert.equal(await scoresIn(scene), { B: 0.1 })
    assert.match(String(report['text']), /more than 200 octets/)
  }),
)

test.run()
