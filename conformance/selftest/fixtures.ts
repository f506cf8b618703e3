// Every file of data spoilt in several ways: the lint of the suite has to say so, or a case would ask for something else
// than its author has meant.

import { lintMessages } from '../lint-messages.ts'
import { registerOf } from '../register.ts'
import { readVectorFiles, samplesOf } from '../vectors.ts'
import type { VectorFiles } from '../vectors.ts'
import type { Files } from '../register.ts'
import { caseOf, playedOf } from '../script.ts'
import type { Scenario } from '../shapes.ts'
import type { Ground } from './playing.ts'
import type { Row } from './row.ts'

type Spoil = readonly [what: string, spoil: (text: string) => string]

const JSON_SPOILS: readonly Spoil[] = [
  ['ends in the middle', (it) => it.slice(0, it.length / 2)],
  ['has a word that nobody knows', (it) => it.replace('"id":', '"psychic": true, "id":')],
  ['has an item without id', (it) => it.replace(/"id": "[^"]*",/, '')],
  [
    'has its first item twice',
    (it) => JSON.stringify([(JSON.parse(it) as unknown[])[0], ...(JSON.parse(it) as unknown[])]),
  ],
]
const SPOILS: Readonly<Record<string, readonly Spoil[]>> = {
  requirements: [
    ...JSON_SPOILS,
    ['has a level that there is not', (it) => it.replace('"MUST"', '"WILL"')],
    ['has lost its first item', (it) => JSON.stringify((JSON.parse(it) as unknown[]).slice(1))],
  ],
  scenarios: [
    ...JSON_SPOILS,
    [
      'asks for a requirement that there is not',
      (it) => it.replace(/"requirement": "[^"]*"/, '"requirement": "NONE-99"'),
    ],
    [
      'has a payload that there is not',
      (it) => it.replace(/"payload": "[^"]*"/, '"payload": "none.xml"'),
    ],
    ['says OKAY', (it) => it.replace('"OK"', '"OKAY"')],
  ],
  'interop.json': [
    ...JSON_SPOILS,
    ['has lost its first item', (it) => JSON.stringify((JSON.parse(it) as unknown[]).slice(1))],
    ['names a case that there is not', (it) => it.replace('"DERG-1a"', '"DERG-none"')],
    [
      'has a row with neither cases nor a reason',
      (it) => {
        const [first, ...rest] = JSON.parse(it) as readonly object[]
        return JSON.stringify([{ ...first, cases: [], untested: undefined }, ...rest])
      },
    ],
  ],
  scripts: [
    ['ends in the middle', (it) => it.slice(0, it.length / 2)],
    ['has a word that nobody knows', (it) => it.replace('"id":', '"psychic": true, "id":')],
    ['has a step without id', (it) => it.replace(/("steps": \[\s*\{\s*)"id": "[^"]*",/, '$1')],
    [
      'waits for a step that there is not',
      (it) => it.replace(/("after": \[\s*)"[^"]*"/, '$1"S/none"'),
    ],
    [
      'has a branch that asks for no step of it',
      (it) => it.replace(/("passes": \[\s*)"[^"]*"/, '$1"S/none"'),
    ],
    ['has a noun that no profile has', (it) => it.replace(/"◊\w+"/, '"◊Nothing"')],
    [
      'has an invariant that there is not',
      (it) => it.replace(/"kind": "(same|known|times)"/, '"kind": "alike"'),
    ],
    [
      'asks for a requirement that there is not',
      (it) => it.replace(/"requirement": "[^"]*"/, '"requirement": "NONE-99"'),
    ],
    [
      'has a manner that nobody has',
      (it) => it.replace(/("plays": \{\s*"\w+": )"[^"]*"/, '$1"rudely"'),
    ],
  ],
  profiles: [
    ['ends in the middle', (it) => it.slice(0, it.length / 2)],
    ['has lost a noun', (it) => it.replace(/"◊DERGroupRequest": "[^"]*",/, '')],
  ],
  sockets: JSON_SPOILS,
  payloads: [
    ['ends in the middle', (it) => it.slice(0, it.length / 2)],
    ['has a name of its own', (it) => it.replace(/<(\/?)mRID>/g, '<$1mrid>')],
    ['has a place that nothing fills', (it) => it.replace('<mRID>', '<mRID>{{nothing}}')],
    ['is empty', () => ''],
  ],
}

/** Each file in each way. */
export async function spoilt(ground: Ground): Promise<readonly Row[]> {
  const { files } = ground.register
  const rows: Row[] = []
  for (const [name, text] of files)
    for (const [what, spoil] of SPOILS[name.split('/')[0] ?? ''] ?? []) {
      const changed: Files = new Map([...files, [name, spoil(text)]])
      const isRight = spoil(text) === text || (await isRefused(changed, name, ground))
      rows.push({ kind: 'harness', id: `${name} ${what}`, due: [], found: [], isRight })
    }
  return rows
}

async function isRefused(
  files: Files,
  name: string,
  { register, judge, seed }: Ground,
): Promise<boolean> {
  if (!name.startsWith('payloads/')) return isThrown(() => registerOf(files))
  // What stands in a payload shows in the messages that carry it, and nowhere else.
  const payload = (it: string) => files.get(`payloads/${it}`) ?? ''
  const carries = (it: { readonly payload?: string | undefined }) =>
    `payloads/${it.payload}` === name
  const concerned = ({ steps }: Scenario) => steps.some(carries)
  const [branch] = register.scripts.flatMap(playedOf).map(caseOf).filter(concerned)
  const all = [...register.scenarios.filter(concerned), ...(branch === undefined ? [] : [branch])]
  for (const it of all)
    if ((await lintMessages({ scenarios: [it], payload }, judge, seed, carries)).length > 0)
      return true
  return false
}

function isThrown(doing: () => unknown): boolean {
  try {
    doing()
    return false
  } catch {
    return true
  }
}

const EXPECT = '.expect.json'
const VECTOR_SPOILS: readonly Spoil[] = [
  ['ends in the middle', (it) => it.slice(0, it.length / 2)],
  ['has a word that nobody knows', (it) => it.replace('"title":', '"psychic": true, "title":')],
  ['has no title', (it) => it.replace(/"title": ".*",/, '')],
  ['says another verdict', (it) => it.replace(/"verdict": "\w+"/, '"verdict": "perhaps"')],
  [
    'names what is not in the register',
    (it) => it.replace('"findings": [', '"findings": ["NO-1",'),
  ],
  ['changes what is not there', (it) => it.replace(/"find": "/, '"find": "\\u0000')],
]

/** All vectors in each way, and a half of each pair left out: a row for each way, so that many vectors do not count for more. */
export function spoiltVectors({ register }: Pick<Ground, 'register'>): readonly Row[] {
  const files = readVectorFiles()
  const expected = [...files].filter(([name]) => name.endsWith(EXPECT))
  const halves = [...files].filter((it) => !isNotWhole(new Map([it]), register))
  const row = (what: string, missed: readonly string[]): Row => {
    const isRight = missed.length === 0
    const id = `a vector ${what}`
    return {
      kind: 'harness',
      id,
      due: [],
      found: [],
      isRight,
      ...(isRight ? {} : { why: missed.join() }),
    }
  }
  const missedBy = (spoil: Spoil[1]) =>
    expected.filter(([name, bytes]) => {
      const message = `${name.slice(0, -EXPECT.length)}.xml`
      const text = new TextDecoder().decode(bytes)
      const changed = new TextEncoder().encode(spoil(text))
      const both: VectorFiles = new Map<string, Uint8Array>([
        [name, changed],
        [message, files.get(message) ?? bytes],
      ])
      return spoil(text) !== text && !isNotWhole(both, register)
    })
  return [
    row(
      'is half a pair',
      halves.map(([name]) => name),
    ),
    ...VECTOR_SPOILS.map(([what, spoil]) =>
      row(
        what,
        missedBy(spoil).map(([name]) => name),
      ),
    ),
  ]
}

function isNotWhole(files: VectorFiles, register: Ground['register']): boolean {
  try {
    samplesOf(files, register)
    return false
  } catch {
    return true
  }
}
