// The draft nouns hold what xsd/README.md says of them: namespace, version, the order of members, a reference to the
// CIM at every element and type, and shapes that are the same wherever they occur.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute, child } from './envelope/element.ts'
import type { Element } from './envelope/element.ts'
import { describedBy, documented } from './schema/documentation.ts'
import { tree } from './schema/schema.fixture.ts'

const test = suite('drafts')

const FOLDER = fileURLToPath(new URL('../../xsd/draft/', import.meta.url))
const DRAFTS = readdirSync(FOLDER).map((name) => ({
  noun: name.replace(/\.xsd$/, ''),
  text: readFileSync(`${FOLDER}${name}`, 'utf8'),
}))

interface Draft {
  readonly noun: string
  readonly text: string
}

/** What the drafts name of the CIM: each class with its own members, looked up in CIM17 and CIM100 one by one. */
const CIM: Readonly<Record<string, string>> = {
  ActivityRecord: 'createdDateTime reason severity status type',
  Agreement: 'signDate validityInterval',
  Asset: 'AnalyticScore Ownerships ProductAssetModel serialNumber status type',
  ConfigurationEvent: 'effectiveDateTime modifiedBy remark',
  Currency: '',
  Customer:
    'CustomerAccounts CustomerAgreements EndDevices kind locale priority pucNumber specialNeed status vip',
  CustomerAccount: 'billingCycle budgetBill Customer CustomerAgreements lastBillAmount',
  CustomerAgreement:
    'Customer CustomerAccount DemandResponsePrograms isPrePay loadMgmt PricingStructures ServiceCategory ServiceLocations ServiceSupplier shutOffDateTime UsagePoints',
  CustomerKind: '',
  CustomerNotification:
    'contactType contactValue Customer earliestDateTimeToCall latestDateTimeToCall trigger',
  DERFunction:
    'connectDisconnect frequencyWattCurveFunction maxRealPowerLimiting rampRateControl reactivePowerDispatch realPowerDispatch voltageRegulation voltVarCurveFunction voltWattCurveFunction',
  DERGroupDispatch: '',
  DERGroupForecast: 'predictionCreationDate',
  DERMonitorableParameter: 'DERParameter flowDirection',
  DERParameterKind: '',
  DemandResponseProgram: 'CustomerAgreements type validityInterval',
  DispatchSchedule: 'confidence',
  DispatchablePowerCapability:
    'maxActivePower maxApparentPower maxReactivePower minActivePower minApparentPower minReactivePower',
  Document:
    'Approver authorName comment ConfigurationEvents createdDateTime docStatus lastModifiedDateTime revisionNumber status subject title type',
  ElectronicAddress: 'email1 email2 web',
  EndDevice:
    'amrSystem DispatchablePowerCapability EndDeviceGroups installCode isSmartInverter UsagePoint',
  EndDeviceControl: 'EndDevices reason scheduledInterval',
  EndDeviceGroup: 'DemandResponsePrograms DERFunction DERGroupDispatch EndDevices status',
  ExternalCustomerAgreement: '',
  FlowDirectionKind: '',
  IdentifiedObject: 'mRID name Names',
  Location: 'mainAddress',
  Name: 'name NameType',
  NameType: 'description name NameTypeAuthority',
  NameTypeAuthority: 'description name',
  Organisation: 'electronicAddress phone1 phone2 postalAddress streetAddress',
  OrganisationRole: 'ConfigurationEvents Organisation',
  PanPricingDetail: 'price',
  PhaseCode: '',
  PricingStructure: 'code revenueKind ServiceCategory Tariffs',
  Priority: 'justification rank type',
  ReadingQuality: 'ReadingQualityType',
  RevenueKind: '',
  ServiceCategory: 'kind',
  ServiceKind: '',
  ServiceLocation: '',
  Status: 'dateTime reason remark value',
  StreetAddress: 'postalCode streetDetail townDetail',
  StreetDetail:
    'addressGeneral addressGeneral2 addressGeneral3 buildingName code name number prefix suffix suiteNumber type withinTownLimits',
  Tariff: 'endDate startDate TariffProfiles',
  TariffProfile: 'tariffCycle TimeTariffIntervals',
  TelephoneNumber: 'areaCode countryCode extension localNumber',
  TimeTariffInterval: 'sequenceNumber startTime',
  TownDetail: 'code country name section stateOrProvince',
  UnitMultiplier: '',
  UnitSymbol: '',
  UsagePoint: 'connectionCategory Equipments phaseCode physicalConnectionCapacity',
  Work: '',
  WorkBillingInfo: 'costEstimate',
  WorkTask: 'OldAsset',
}

/** Those that are looked up elsewhere, since the public listings of the customer classes lack them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  ActivePower: '',
  ApparentPower: '',
  BatteryUnit: 'ratedE',
  DateTimeInterval: 'end start',
  Equipment: 'EquipmentContainer',
  ErpInvoiceLineItem: 'billPeriod netAmount',
  Feeder: 'NormalEnergizingSubstation',
  PerCent: '',
  PowerElectronicsConnection: 'maxIFault maxQ minQ ratedS ratedU',
  PowerElectronicsUnit: 'maxP minP',
  PowerSystemResource: '',
  ReactivePower: '',
  RealEnergy: '',
  Season: 'endDate startDate',
  TimeSchedule: 'scheduleInterval',
  Voltage: '',
}

/** What is wrong with a draft on its own. */
function faultsOf({ noun, text }: Draft): readonly string[] {
  const root = tree(text)
  const said = describedBy(root).documentation
  const top = root.children.filter((it) => it.name === 'element')
  const ns = `http://cimgate.example/draft/2026/${noun}#`
  const facts: readonly (readonly [boolean, string])[] = [
    [attribute(root, 'targetNamespace') === ns, `the target namespace is not ${ns}`],
    [attribute(root, 'version') === '0.1-draft', 'the version is not 0.1-draft'],
    [said.startsWith('DRAFT, not an IEC publication.'), 'it does not say that it is a draft'],
    [!/iec\.ch/.test(text), 'it speaks of iec.ch'],
    [
      top.map((it) => `${nameOf(it)} ${attribute(it, 'type')}`).join() === `${noun} m:${noun}`,
      'the root is not the noun with a type of the same name',
    ],
  ]
  return [
    ...facts.filter(([holds]) => !holds).map(([, fault]) => fault),
    ...components(root).flatMap(undocumented),
    ...components(root).flatMap(disordered(root)),
  ].map((it) => `${noun}: ${it}`)
}

function nameOf(it: Element | undefined): string {
  return it === undefined ? '' : (attribute(it, 'name') ?? '')
}

/** All elements and types, at any depth. */
function components(it: Element): readonly Element[] {
  const own = ['element', 'complexType', 'simpleType'].includes(it.name) ? [it] : []
  return [...own, ...it.children.flatMap(components)]
}

function undocumented(it: Element): readonly string[] {
  const { text, cim } = documented(describedBy(it))
  const unknown = cim.names.filter((name) => !isKnown(name))
  const isType = it.name !== 'element'
  return [
    ...(text === '' ? ['has no documentation'] : []),
    ...(['stated', 'none'].includes(cim.source) ? [] : ['refers neither to the CIM nor to none']),
    ...unknown.map((name) => `refers to ${name}, which the CIM lacks`),
    ...(isType && cim.names.some((name) => name.includes('.')) ? ['is a type, not a member'] : []),
  ].map((fault) => `${it.name} ${nameOf(it)} ${fault}`)
}

function isKnown(name: string): boolean {
  const [owner = '', member] = name.split('.')
  const members = CIM[owner] ?? ELSEWHERE[owner]
  return members !== undefined && (member === undefined || members.split(' ').includes(member))
}

/** mRID, then own attributes, then associations and compounds, each block by the alphabet. */
function disordered(root: Element): (it: Element) => readonly string[] {
  const complex = root.children.filter((it) => it.name === 'complexType').map(nameOf)
  const block = (it: Element) =>
    nameOf(it) === 'mRID' ? 0 : complex.includes((attribute(it, 'type') ?? '').slice(2)) ? 2 : 1
  const key = (it: Element) => `${block(it)} ${nameOf(it).toLowerCase()}`
  return (it) => {
    const keys = (child(it, 'sequence')?.children ?? []).filter((at) => at.name === 'element')
    const found = keys.map(key)
    const due = found.toSorted((a, b) => (a < b ? -1 : 1))
    return found.join() === due.join() ? [] : [`${nameOf(it)} has its members out of order`]
  }
}

/** Types of one name that differ from draft to draft; the object that a noun is about is its own. */
function differences(drafts: readonly Draft[]): readonly string[] {
  const first = new Map<string, Draft & { readonly type: string }>()
  return drafts.flatMap((draft) =>
    typesOf(draft).flatMap(({ name, type }) => {
      const other = first.get(name)
      if (other === undefined) first.set(name, { ...draft, type })
      return other === undefined || other.type === type
        ? []
        : [`${name} is not the same in ${draft.noun} as in ${other.noun}`]
    }),
  )
}

function typesOf({
  noun,
  text,
}: Draft): readonly { readonly name: string; readonly type: string }[] {
  const all = [...text.matchAll(/<xs:(complex|simple)Type name="(\w+)">.*?<\/xs:\1Type>/gs)]
  const types = all.map(([type, , name = '']) => ({ name, type }))
  const root = types.find((it) => it.name === noun)?.type ?? ''
  return types.filter(({ name }) => name !== noun && !root.includes(`type="m:${name}"`))
}

test('every draft says what it is, and refers to the CIM at every element and type', () => {
  assert.equal(DRAFTS.flatMap(faultsOf), [])
})

test('what has one name has one shape in all drafts', () => {
  assert.equal(differences(DRAFTS), [])
})

test('what is listed of the CIM is used', () => {
  const used = DRAFTS.flatMap(({ text }) => components(tree(text))).flatMap(
    (it) => documented(describedBy(it)).cim.names,
  )
  const listed = Object.entries({ ...CIM, ...ELSEWHERE }).flatMap(([owner, members]) =>
    members === '' ? [owner] : members.split(' ').map((it) => `${owner}.${it}`),
  )
  assert.equal(
    listed.filter((it) => !used.includes(it)),
    [],
  )
})

const GOOD = DRAFTS[0] as Draft
const PLANTED: readonly (readonly [string, RegExp | string, string])[] = [
  ['target namespace', 'targetNamespace="http://cimgate.example', 'targetNamespace="http://a.test'],
  ['version', 'version="0.1-draft"', 'version="1"'],
  ['is a draft', 'DRAFT, not', 'Not'],
  ['iec.ch', 'DRAFT, not an IEC publication.', 'DRAFT, not an IEC publication. www.iec.ch'],
  ['the root', '<xs:element name="', '<xs:element name="An'],
  ['neither', ' CIM: IdentifiedObject.mRID.', ''],
  ['which the CIM lacks', 'CIM: IdentifiedObject.mRID.', 'CIM: IdentifiedObject.id.'],
  [
    'not a member',
    /CIM: no CIM equivalent(?=\.[^<]*<\/xs:documentation>\s*<\/xs:annotation>\s*<xs:seq)/,
    'CIM: Name.name',
  ],
  ['out of order', 'element name="mRID"', 'element name="zone"'],
]

for (const [fault, from, to] of PLANTED) {
  test(`a planted fault is found: ${fault}`, () => {
    const text = GOOD.text.replace(from, to)
    assert.not.equal(text, GOOD.text)
    const found = faultsOf({ ...GOOD, text })
    assert.ok(
      found.some((it) => it.includes(fault)),
      found.join('\n'),
    )
  })
}

test('a planted difference is found', () => {
  const [another] = typesOf(GOOD)
  const text = GOOD.text.replace(another?.type ?? '', (it) => it.replace('CIM: ', 'CIM:  '))
  assert.is(differences([GOOD, { noun: 'Other', text }]).length, 1)
})

test.run()
