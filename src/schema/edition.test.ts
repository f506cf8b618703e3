import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { editionKey, keyFault, yearOf } from './edition.ts'

const test = suite('edition')

/** namespace, part, key, year */
const KEYS: readonly (readonly [string, string, string, string])[] = [
  ['http://iec.ch/TC57/2017/DERGroups#', '5', 'iec-61968-5@2017', '2017'],
  ['http://www.iec.ch/TC57/2011/MeterReadings#', '', 'iec-tc57@2011', '2011'],
  ['http://cimgate.example/draft/2026/Tariffs#', '', 'draft@2026', '2026'],
  ['http://www.isorto.org/2012/SmartGrid/DemandResponse#', '', 'isorto-org@2012', '2012'],
  ['http://naesb.org/espi/customer', '', 'naesb-org', ''],
  ['http://iec.ch/TC57/CIM-c4e#', '', 'iec-tc57', ''],
  ['urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0', '', 'iec62325.351', ''],
  ['der.pnnl.gov', '', 'der.pnnl.gov', ''],
  ['', '', 'none', ''],
  ['urn:x:2020', '', 'x@2020', '2020'],
]

for (const [ns, part, key, year] of KEYS)
  test(`${ns || 'no namespace'} is ${key}`, () => {
    assert.is(editionKey(ns, part), key)
    assert.is(yearOf(ns), year)
    assert.is(keyFault(key)?.includes('is no edition key') ?? false, false)
  })

test('a key is a folder name on every system, and says nothing else', () => {
  for (const good of ['iec-61968-8@2015', 'a', 'A.b-c@1', 'x@draft'])
    assert.is(keyFault(good), undefined, good)
  for (const bad of [
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a b',
    '@2015',
    'a@',
    'a@b@c',
    '-a',
    'a.',
    'a..b',
    'é',
    'a:b',
    'x'.repeat(65),
  ])
    assert.match(keyFault(bad) ?? '', 'is no edition key', bad)
  for (const taken of ['shipped', '2015', 'draft@2026'])
    assert.match(keyFault(taken) ?? '', 'has a meaning of its own', taken)
})

test.run()
