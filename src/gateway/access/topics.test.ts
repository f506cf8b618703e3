// Topics that can match something, and those that are refused because they never will.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from '../gateway.fixture.ts'
import { IMPORTED, importedFolder } from '../soap/imported.fixture.ts'
import { statusFault, topicFault } from './topics.ts'

const test = suite('access: topics')

const imported = importedFolder()
const gateway = await openFixture({ folders: [{ path: imported.path, shipped: false }] })
test.after(async () => {
  await gateway.close()
  imported.remove()
})
const { schemas } = gateway

const FINE = [
  '',
  ' ',
  '*',
  '*/*',
  'DERGroups/*',
  ' DERGroups/* , messages/* ',
  'messages/7/8',
  'DERGroups/a b/ü',
  'DERGroups/*,*',
  `${IMPORTED}/*`,
]

for (const topics of FINE)
  test(`${JSON.stringify(topics)} is taken`, () => {
    assert.is(topicFault([topics], schemas), undefined)
  })

test('WS /status is asked by topics and since, each once', () => {
  const fault = (...all: readonly (readonly [string, readonly string[]])[]) =>
    statusFault(new Map(all), schemas)
  assert.is(fault(), undefined)
  assert.is(fault(['topics', ['DERGroups/*']], ['since', ['7']]), undefined)
  assert.is(
    fault(['topic', ['DERGroups/*']]),
    'There is no parameter topic. Did you mean topics? There are topics, since.',
  )
  assert.match(fault(['since', ['1', '2']]) ?? '', /twice/)
  assert.match(fault(['topics', ['DERGruops/*']]) ?? '', /did you mean DERGroups/)
})

test('no topics are taken', () => {
  assert.is(topicFault([], schemas), undefined)
})

/** [topics, what is said] */
const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['DERGruops/*', /no noun DERGruops, .*did you mean DERGroups\/\*\?/],
  ['der-groups/*', /did you mean DERGroups\/\*\?/],
  ['dergroups/*', /did you mean DERGroups\/\*\?/],
  ['DERGroups/*,Qwertzuiop/1', /Qwertzuiop\/1 can match nothing; GET \/docs/],
  ['__proto__/*', /There is no noun __proto__/],
  ['DERGroupQueries/*', /Nothing happens to DERGroupQueries, a query; write DERGroups\/\*/],
  ['DERGroups', /DERGroups names no object.*write DERGroups\/\*/],
  ['DERGroups/', /DERGroups\/ names no object/],
  ['messages', /write messages\/\* for all/],
  ['*/7', /\*\/7 can match nothing/],
  ['/', /\/ can match nothing/],
  ['/*', /\/\* can match nothing/],
  ['DERGroups/*,', /A topic is empty/],
  [' , ', /A topic is empty/],
]

for (const [topics, said] of REFUSED)
  test(`${JSON.stringify(topics)} is refused`, () => {
    assert.match(topicFault([topics], schemas) ?? '', said)
  })

test('topics that stand there twice are refused, of which one would be passed over', () => {
  assert.match(topicFault(['DERGroups/*', 'messages/*'], schemas) ?? '', /twice/)
})

test.run()
