// For tests only: what a client by somebody else writes. It owes nothing to the suite's own way of writing messages.

/** One of its messages. */
export interface Written {
  readonly id: string
  readonly text: string
}

/** What a message is about. */
export interface About {
  readonly verb: string
  readonly noun: string
  /** undefined = its receiver has to give one */
  readonly mRID: string | undefined
  /** different in each message */
  readonly number: number
}

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'
const ns = (year: number, noun: string) => `http://iec.ch/TC57/${year}/${noun}#`

/** @param zone of its Timestamp */
export function written(about: About, id: string, zone = 'Z'): Written {
  const { verb, noun, number } = about
  const time = `2026-07-14T09:00:${String(number % 60).padStart(2, '0')}${zone}`
  const ids = `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID>`
  const header = `<Header><Verb>${verb}</Verb><Noun>${noun}</Noun><Timestamp>${time}</Timestamp><Source>stranger</Source>${ids}</Header>`
  const root = isEvent(verb) ? 'EventMessage' : 'RequestMessage'
  const body = content(about)
  const part = verb === 'get' ? `<Request>${body}</Request>` : `<Payload>${body}</Payload>`
  return { id, text: `<${root} xmlns="${MESSAGE}">${header}${part}</${root}>` }
}

/** One for each number. @param kind of object */
export function mRIDOf(number: number, kind = 0): string {
  return `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** It tells of what has been done. */
export function isEvent(verb: string): boolean {
  return verb.endsWith('ed')
}

function content({ verb, noun, mRID, number }: About): string {
  const id = mRID === undefined ? '' : `<mRID>${mRID}</mRID>`
  if (noun === 'OperationSet')
    return `<OperationSet><Operation><operationId>1</operationId><noun>DERGroups</noun><verb>change</verb>${groups(id, MEMBER)}</Operation></OperationSet>`
  if (noun === 'DERGroups') return groups(id, ofGroup(verb, mRID, number))
  if (noun === 'DERGroupStatuses') return statuses(id, number)
  if (noun === 'DERRegistrations') return registration(id, number)
  const draft = DRAFTS[noun]
  if (draft !== undefined) return draftOf(noun, draft(id, number, verb))
  const object = noun.replace(/^Get|s$|Queries$/g, '')
  if (verb === 'get' && noun === 'DERGroupQueries')
    return rooted(2017, noun, `<EndDeviceGroup>${id}</EndDeviceGroup>`)
  if (verb === 'get' || verb === 'cancel') return rooted(2015, noun, `<${object}>${id}</${object}>`)
  return rooted(2015, noun, `<${object}>${id}${work(verb, mRID, number)}</${object}>`)
}

function rooted(year: number, noun: string, inside: string): string {
  return `<${noun} xmlns="${ns(year, noun)}">${inside}</${noun}>`
}

const FUNCTIONS = [
  ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
  ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
  ...['voltVarCurveFunction', 'voltWattCurveFunction'],
]
const MEMBER = '<EndDevices><mRID>d-2</mRID></EndDevices>'

function groups(id: string, rest: string): string {
  return rooted(2017, 'DERGroups', `<EndDeviceGroup>${id}${rest}</EndDeviceGroup>`)
}

function ofGroup(verb: string, mRID: string | undefined, number: number): string {
  if (verb === 'change') return MEMBER
  if (verb === 'delete') return ''
  const functions = FUNCTIONS.map((it) => `<${it}>false</${it}>`).join('')
  const name = mRID ?? `group ${number}`
  return `<DERFunction>${functions}</DERFunction><EndDevices><mRID>d-1</mRID></EndDevices><Names><name>${name}</name><NameType><name>name</name></NameType></Names>`
}

function statuses(id: string, number: number): string {
  const curve = `<DERCurveData><nominalYValue>${number}</nominalYValue><timeStamp>2026-07-14T09:00:00Z</timeStamp></DERCurveData>`
  const power = `<DERMonitorableParameter><DERParameter>activePower</DERParameter><flowDirection>reverse</flowDirection><yMultiplier>k</yMultiplier><yUnit>W</yUnit>${curve}</DERMonitorableParameter>`
  return rooted(2017, 'DERGroupStatuses', `<EndDeviceGroup>${id}${power}</EndDeviceGroup>`)
}

function registration(id: string, number: number): string {
  const power = (name: string, unit: string, value: number) =>
    `<${name}><multiplier>none</multiplier><unit>${unit}</unit><value>${value}</value></${name}>`
  const plate = `<nameplate><technology>photovoltaic</technology>${power('maxP', 'W', 5000)}${power('ratedS', 'VA', 7600)}${power('ratedU', 'V', 240)}</nameplate>`
  const of = (name: string, kind: number, more = '') =>
    `<${name}><mRID>${mRIDOf(number, kind)}</mRID>${more}</${name}>`
  const rest = `${of('EndDevice', 4)}${plate}${of('ServiceRequest', 5)}${of('UsagePoint', 6, '<phaseCode>s12N</phaseCode>')}`
  return `<DERRegistrations xmlns="http://cimgate.example/draft/2026/DERRegistrations#"><DERRegistration>${id}${rest}</DERRegistration></DERRegistrations>`
}

function work(verb: string, mRID: string | undefined, number: number): string {
  const id = `<mRID>${mRID === undefined ? mRIDOf(number, 2) : mRID.replace(/^./, '1')}</mRID>`
  if (verb === 'change')
    return `<Work>${id}<priority><rank>${(number % 5) + 1}</rank><type>utility 1-5</type></priority></Work>`
  const status = verb === 'closed' ? 'closed' : 'waitingOnApproval'
  const minute = String(number % 60).padStart(2, '0')
  return `<Work>${id}<kind>construction</kind><lastModifiedDateTime>2026-07-14T08:${minute}:00Z</lastModifiedDateTime><requestDateTime>2026-07-14T08:00:00Z</requestDateTime><statusKind>${status}</statusKind></Work>`
}

/** What is told of programmes. */
const DRAFTS: Readonly<Record<string, (id: string, number: number, verb: string) => string>> = {
  ProgramEvents: (id, number, verb) => {
    const stage = `<mRID>${mRIDOf(number, 6)}</mRID>`
    const when =
      '<interval><end>2026-07-14T19:00:00Z</end><start>2026-07-14T17:00:00Z</start></interval>'
    const status = '<status><value>SCHEDULED</value></status>'
    const whole = `<category>ECONOMIC</category><DemandResponseProgram><mRID>${mRIDOf(1, 5)}</mRID></DemandResponseProgram>`
    const rest = verb === 'create' ? `${whole}<stages>${stage}${when}${status}</stages>` : ''
    return `<ProgramEvent>${id}${rest || `<stages>${stage}${status}</stages>`}</ProgramEvent>`
  },
  EventParticipations: (_id, number) =>
    [1, 2, 3]
      .map(
        (at) =>
          `<EventParticipation><mRID>${mRIDOf(number, 10 - at)}</mRID><EndDevice><mRID>${mRIDOf(at, 4)}</mRID></EndDevice><stage><mRID>${mRIDOf(1, 6)}</mRID></stage></EventParticipation>`,
      )
      .join(''),
  ProgramSubscriptions: (id) =>
    `<ProgramSubscription>${id}<validityInterval><end>2026-08-01T00:00:00Z</end></validityInterval></ProgramSubscription>`,
  EndDeviceStatuses: () =>
    `<EndDeviceStatus><EndDevice><mRID>${mRIDOf(1, 4)}</mRID></EndDevice></EndDeviceStatus>`,
  DeviceScores: (id, number) =>
    `<DeviceScore>${id}<available>true</available><calculatedDateTime>2026-07-14T05:00:00Z</calculatedDateTime><score>0.${number}</score><EndDevice><mRID>${mRIDOf(1, 4)}</mRID></EndDevice></DeviceScore>`,
}

function draftOf(noun: string, inside: string): string {
  return `<${noun} xmlns="http://cimgate.example/draft/2026/${noun}#">${inside}</${noun}>`
}
