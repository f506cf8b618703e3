// Both dialects of Oracle, resource by resource: the laws of mappings, a golden pair in which every row occurs, and codes that
// mean what they mean in their own field only.

import { readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { DIALECTS } from './index.ts'
import type { Dialect } from './dialect.ts'
import * as codes from './oracle-codes.ts'
import type { CodeRow, Row } from './row.ts'
import { mapping } from './translate.ts'
import { fieldsOf, keepsRowLaws, pathsIn } from './rows.fixture.ts'

const test = suite('dialects: oracle')

const ORACLE: Readonly<Record<string, Dialect>> = {
  'oracle-cpm': DIALECTS['oracle-cpm'],
  'oracle-derms': DIALECTS['oracle-derms'],
}

function sample(name: string): Json {
  const url = new URL(`../../../samples/${name}`, import.meta.url)
  const read = readJson(readFileSync(url, 'utf8'))
  if ('fault' in read) throw new Error(`samples/${name}: ${read.fault.message}`)
  return read.value
}

for (const [dialect, resources] of Object.entries(ORACLE))
  for (const [name, resource] of Object.entries(resources)) {
    const { toCim, toVendor, mapped, routes } = resource
    const file = `${dialect}/${name}`
    keepsRowLaws(test, file, resource)

    test(`${file}: the golden pair is each other’s translation`, () => {
      const vendor = sample(`${file}.json`)
      const noun = routes[0]?.noun ?? ''
      const agreed = { timeZone: 'America/Chicago' }
      const there = toCim(vendor, agreed)
      assert.equal([there.problems, there.losses.dropped, there.losses.kept], [[], [], []])
      const golden = new URL(`../../../samples/${file}.cim.json`, import.meta.url)
      if (process.env['GOLDEN'] !== undefined)
        writeFileSync(golden, `${writeJson({ [noun]: there.json }, 2)}\n`)
      const cim = member(sample(`${file}.cim.json`), noun) ?? null
      assert.ok(sameJson(there.json, cim), writeJson(there.json, 2))
      const back = toVendor(cim, { ...agreed, messageID: messageOf(vendor, mapped?.around?.id) })
      assert.ok(sameJson(back.json, [vendor]), writeJson(back.json, 2))
      assert.equal([back.problems, back.losses.dropped], [[], []])
    })

    test(`${file}: every row occurs in the golden pair`, () => {
      const list = mapped?.around?.list
      const rows = [...(mapped?.around?.rows ?? []), ...(mapped?.rows ?? [])]
      const prefix = list === undefined ? '' : `/${list}`
      const there = new Set(pathsIn(sample(`${file}.json`)).map((it) => it.replace(prefix, '')))
      const missing = fieldsOf(rows).filter((it) => !there.has(it))
      assert.equal(missing, [], `samples/${file}.json lacks them`)
    })
  }

function messageOf(vendor: Json, id = ''): string {
  const found = member(vendor, id)
  return typeof found === 'string' ? found : ''
}

/** The code lists, written down a second time on purpose: a slip in a table shows here. */
const LISTS: Readonly<Record<keyof typeof codes, string>> = {
  ENROLLMENT_SOURCES: 'X1BY bringYourOwn, X1CC contactCenter, X1SS selfService',
  OWNERSHIPS: 'W1CO customerOwned, W1OW utilityOwned',
  INSTALLATIONS: 'X1SI bringYourOwn, X1UI utilityInstallation, X1SD shipDevice, X1RE reEnroll',
  REMOVALS: 'X1KP keep, X1SD ship, X1UR utilityRemoval',
  CATEGORIES: 'X1EC ECONOMIC, X1EM EMERGENCY, X1RE RELIABILITY, X1DT DEVICE_TEST',
  EVENT_TYPES: 'ECONOMIC ECONOMIC, EMERGENCY EMERGENCY',
  ACTIONS: 'X1SD SCHEDULED, X1IP IN_PROGRESS, F1CO COMPLETED, F1CN CANCELED',
  CPM_STAGES:
    'SCHEDULED SCHEDULED, IN PROGRESS IN_PROGRESS, COMPLETED COMPLETED, CANCELLED CANCELED',
  DERMS_STAGES:
    'SCHEDULED SCHEDULED, IN PROGRESS IN_PROGRESS, COMPLETED COMPLETED, CANCELED CANCELED',
  OUTCOMES: 'D1SP success, D1CN cancelled, D1ER error, D1IO inFlightOverride, D1ND nonResponsive',
  INCLUSIONS: 'ACTIVE included, INACTIVE excluded',
  UNAVAILABILITIES: 'PLANNED planned, ACTIVE active, ENDED ended, CANCELLED cancelled',
  AGGREGATORS: 'ACTIVE active, CLOSED closed',
  RULES:
    'AllowEventDays allowedDays, CycleFrequency cycleFrequency, MaxEventsPerDay maxEventsPerDay, MaxEventsPerSeason maxEventsPerSeason, MaxDuration maxDuration, MinRest minRest, AllowedHours allowedHours, AllowedOverrides allowedOverrides, MinNotice minNotice, Temperature temperature',
  DAYS: 'MON monday, TUE tuesday, WED wednesday, THU thursday, FRI friday, SAT saturday, SUN sunday',
  SUBSCRIPTIONS: 'ACTIVE ACTIVE, INACTIVE INACTIVE',
  REGISTRATIONS: 'Registered Registered, Deregistered Deregistered, Failed Failed',
  ENROLLMENTS:
    'PENDING PENDING, VALIDATING validating, INSTALLING installing, DEVICECHECK deviceCheck, COMPLETED COMPLETED, ERROR ERROR, REJECTED REJECTED, CANCELLED CANCELLED, UNENROLLING UNENROLLING, UNENROLLED UNENROLLED',
}

/** Every row of a code, with the resource that it belongs to. */
const CODED = Object.entries(ORACLE).flatMap(([dialect, resources]) =>
  Object.entries(resources).flatMap(([name, { mapped }]) =>
    codedIn([...(mapped?.around?.rows ?? []), ...(mapped?.rows ?? [])]).map((row) => ({
      ...{ of: `${dialect}/${name}: ${row.vendor}`, codes: row.codes },
      ...mapping('Thing', [{ ...row, kind: 'code', vendor: 'field', cim: 'member' }]),
    })),
  ),
)

function codedIn(rows: readonly Row[]): readonly CodeRow[] {
  return rows.flatMap((it) => {
    if (it.kind === 'code') return [it]
    return 'rows' in it ? codedIn(it.rows) : []
  })
}

test('EV-02/AC4: a code means what its own field says: of every other list none is taken, nor guessed, either way', () => {
  const every = Object.values(codes).flatMap((it) => Object.entries<string>(it))
  assert.ok(CODED.length >= 20, `${CODED.length} fields`)
  for (const { of, codes: own, toCim, toVendor } of CODED)
    for (const [code, literal] of every) {
      const [there, back] = [
        toCim({ field: code }),
        toVendor({ Thing: [{ member: literal }] }),
      ] as const
      const due = Object.hasOwn(own, code) ? own[code] : undefined
      assert.equal(there.problems.length, due === undefined ? 1 : 0, `${of} ${code}`)
      if (due !== undefined) assert.equal(there.json, { Thing: [{ member: due }] })
      const isOwn = Object.values(own).includes(literal)
      assert.equal(back.problems.length, isOwn ? 0 : 1, `${of} ${literal}`)
    }
})

test('EV-02/AC4: X1SD schedules an event, ships a device to a customer, and has one shipped back', () => {
  const meant = (name: string, put: (vendor: any) => void): string => {
    const [dialect = '', resource = ''] = name.split('/')
    const vendor = structuredClone(sample(`${name}.json`))
    put(vendor)
    const { json, problems } = ORACLE[dialect]?.[resource]?.toCim(vendor) ?? {}
    assert.equal(problems, [], name)
    return writeJson(json ?? null)
  }
  assert.match(
    meant('oracle-cpm/event-actions', (it) => (it.action = 'X1SD')),
    '"value":"SCHEDULED"',
  )
  assert.match(
    meant('oracle-cpm/enrollments', (it) => (it.assetInfo.installationMethod = 'X1SD')),
    '"installationMethod":"shipDevice"',
  )
  assert.match(
    meant('oracle-cpm/unenrollments', (it) => (it.assetInfo.removalMethod = 'X1SD')),
    '"removalMethod":"ship"',
  )
})

test('G-AC33: each kind of rule and each day that a programme may say has a code, so that none is told blank', () => {
  const xsd = readFileSync(new URL('../../../xsd/draft/Programs.xsd', import.meta.url), 'utf8')
  const types = xsd.split('<xs:simpleType ')
  for (const [one, list] of [
    ['cycleFrequency', codes.RULES],
    ['monday', codes.DAYS],
  ] as const) {
    const type = types.find((it) => it.includes(`"${one}"`)) ?? ''
    const literals = [...type.matchAll(/<xs:enumeration value="(\w+)"/g)].map(([, it]) => it)
    assert.equal(literals.toSorted(), Object.values(list).toSorted(), one)
  }
})

test('EV-02/AC2: CANCELED of the DERMS and CANCELLED of the customer programme side are one state, both ways', () => {
  const stage = (value: string): Json => ({ stages: [{ status: { value } }] })
  const [derms, cpm] = [
    ORACLE['oracle-derms']?.['events'],
    ORACLE['oracle-cpm']?.['event-statuses'],
  ]
  for (const [dermsWord, state] of Object.entries(codes.DERMS_STAGES)) {
    const [cpmWord = ''] = Object.entries(codes.CPM_STAGES).find(([, it]) => it === state) ?? []
    const there = derms?.toCim({ stages: [{ status: dermsWord }] })
    assert.equal(there?.json, { ProgramEvent: [stage(state)] })
    assert.equal(cpm?.toVendor(there?.json ?? null).json, [{ status: cpmWord }])
    const back = cpm?.toCim({ status: cpmWord })
    assert.equal(derms?.toVendor(back?.json ?? null).json, [{ stages: [{ status: dermsWord }] }])
  }
  const wrong = [
    derms?.toCim({ stages: [{ status: 'CANCELLED' }] }),
    cpm?.toCim({ status: 'CANCELED' }),
  ]
  for (const it of wrong) assert.match(it?.problems[0]?.message ?? '', /is no code of status/)
})

for (const [name, list] of Object.entries(LISTS))
  test(`${name} is as it is published, and no two codes mean the same`, () => {
    const own = Object.entries(codes[name as keyof typeof codes])
    assert.is(own.map((it) => it.join(' ')).join(', '), list)
    assert.is(new Set(own.map(([, literal]) => literal)).size, own.length)
  })

test.run()
