// The case of a noun: what is said in JSON is looked for in the XML that comes out, and the other way about; then both are sent
// round. What was lost on the way there is not told again of the way back.

import type { JsonObject } from '../../../src/index.ts'
import { CHECKS } from '../../checks/checks.ts'
import { codeOf, isDone } from '../../checks/facade.ts'
import { ledgerFindings } from '../../checks/mapping.ts'
import { find } from '../../find.ts'
import { observed } from '../../finding.ts'
import type { Observation } from '../../finding.ts'
import { isObject, thingOfJson, thingOfNode } from '../../mapping/thing.ts'
import type { Thing } from '../../mapping/thing.ts'
import type { Node } from '../../xml.ts'
import { called, seenOf } from './call.ts'
import type { Called, Passing, Translating } from './call.ts'
import { convertedIn, convertedOut } from './converted.ts'
import type { Converted } from './converted.ts'
import { backInXml, createdInXml, outInJson } from './from-xml.ts'
import type { CreatedInXml } from './from-xml.ts'
import { messageFor } from './message.ts'
import {
  arraysIn,
  compared,
  contentIn,
  freshIn,
  isRight,
  linesOf,
  lostIn,
  notRun,
} from './noted.ts'
import type { At, MappingPlayed, Noted, Profile } from './noted.ts'
import { batchOf, refusals } from './refused.ts'
import { renamed, resourceOf } from './samples.ts'
import type { Subject } from './samples.ts'
import type { Seen } from '../seen.ts'

/** Plays it. */
export async function playMapping(
  scenario: string,
  subject: Subject,
  profile: Profile,
  playing: Translating,
): Promise<MappingPlayed> {
  const at = {
    scenario,
    subject,
    profile,
    playing,
    resource: `/api/v1/${resourceOf(subject.noun)}`,
  }
  const created = await createdInJson(at)
  const refused = await refusals(created.content, at)
  const batch = await batchOf(created, at)
  const way = (await wayOut(created, at)) ?? (await refusedWayOut(created, at))
  const inXml = await createdInXml(created, at)
  const other =
    (await wayIn(created, inXml, way, at)) ?? (await refusedWayIn(created, inXml, way, at))
  const parts = [way, other].flatMap(({ there, back }) => [there, back])
  return {
    seen: [...way.seen, ...refused, ...batch, ...other.seen, ...parts.flatMap((it) => it.seen)],
    ledger: parts.flatMap((it) => it.ledger),
  }
}

/** There and back, with what began it. */
interface Way extends Converted {
  readonly seen: readonly Seen[]
}

/** undefined where rules have refused every sample. */
async function wayOut(created: Created, at: At): Promise<Way | undefined> {
  if (created.seen.open !== undefined) return undefined
  const there = await outInXml(created, at)
  return { there, back: await backInJson(created, there, at), seen: [created.seen] }
}

/** By conversion alone; where the product has none, nothing can be told. */
async function refusedWayOut(created: Created, at: At): Promise<Way> {
  const converted = await convertedOut(at)
  const { open: _, ...seen } = created.seen
  if (converted !== undefined) return { ...converted, seen: [seen] }
  const [there, back] = ['xml-out', 'json-back'].map((it) => notRun(it, 'nothing was created'))
  return { there: there as Noted, back: back as Noted, seen: [created.seen] }
}

async function wayIn(
  created: Created,
  inXml: CreatedInXml,
  { there: out }: Way,
  at: At,
): Promise<Way | undefined> {
  const isRefused = inXml.seen.open !== undefined || inXml.seen.notRun !== undefined
  if (isRefused) return undefined
  const there = await outInJson(inXml, at)
  return { there, back: await backInXml(there, out, created, at), seen: [inXml.seen] }
}

async function refusedWayIn(
  created: Created,
  inXml: CreatedInXml,
  { there: out }: Way,
  at: At,
): Promise<Way> {
  const converted = await convertedIn(out, at)
  const { open: _, ...seen } = inXml.seen
  if (converted !== undefined)
    return { ...converted, seen: seen.notRun === undefined ? [seen] : [] }
  const there = await outInJson(inXml, at)
  return { there, back: await backInXml(there, out, created, at), seen: [inXml.seen] }
}

function pathOf({ noun }: Subject): string {
  return `/api/v1/${resourceOf(noun)}`
}

/** A sample that was sent in JSON, and its answer. */
export interface Created {
  readonly seen: Seen
  readonly content: JsonObject
  readonly call: Called
  readonly isDone: boolean
}

/** The first sample that the product takes; where it takes none, the last one. */
async function createdInJson(at: At): Promise<Created> {
  const { subject, playing } = at
  let last: Created | undefined
  for (const [n, sample] of subject.contents.entries()) {
    const content = renamed(sample, playing.seed, subject.noun, 'json', String(n))
    const isLast = n === subject.contents.length - 1
    if (!isLast && !(await isRight(content, at))) continue
    last = await createdOnGround(content, at)
    // A refusal by a rule says nothing of the mapping; one that is wrong in itself is told.
    if (last.isDone || last.call.said.kind !== 'answered' || last.seen.observations.length > 0)
      break
  }
  const created = last as Created
  if (created.isDone || created.seen.observations.length > 0) return created
  const code = codeOf(created.call.body) ?? 'no code'
  const open = `the product takes no sample of ${subject.noun}: the last one is refused with ${code}`
  return { ...created, seen: { ...created.seen, open } }
}

/** How far what something refers to may refer to something else. */
const DEPTH = 4

/** Where a rule refuses it, what it refers to is created first. */
async function createdOnGround(content: JsonObject, at: At, depth = DEPTH): Promise<Created> {
  const { scenario, playing, resource } = at
  const where = { scenario, step: depth === DEPTH ? 'json-in' : 'ground' }
  const call = await called(where, { method: 'POST', path: resource, json: content }, playing)
  const seen = seenOf(where, call, { kind: 'created' }, playing)
  const done = call.said.kind === 'answered' && isDone(call.said)
  const created = { seen, content, call, isDone: done }
  if (done || call.said.kind !== 'answered' || depth === 0) return created
  const isRule = seen.observations.length === 0
  const lacking = isRule ? playing.foundations.of(content) : []
  let open = lacking
  // One may refer to another that comes behind it.
  for (let turn = 0; turn < 2 && open.length > 0; turn += 1) {
    const refused: (typeof open)[number][] = []
    for (const it of open) {
      const own = { ...at, subject: it.subject, resource: pathOf(it.subject) }
      if (!(await createdOnGround(it.content, own, depth - 1)).isDone) refused.push(it)
    }
    open = refused
  }
  return lacking.length === 0 ? created : createdOnGround(content, at, depth)
}

/** What the sample has become on the other side. */
async function outInXml(created: Created, at: At): Promise<Noted> {
  const { scenario, subject } = at
  if (created.call.said.kind !== 'answered') return notRun('xml-out', 'there is no answer')
  const message = await messageFor(created.call, at, 'json-in')
  if (message === undefined && !created.isDone) return notRun('xml-out', 'nothing was created')
  if (message === undefined) {
    const why =
      'no message has reached the tester as a party of CIM, and GET /api/v1/messages knows none: configure the tester as a party, or let it look at messages'
    const own = { isAsExpected: false, observations: [], undecided: undefined, reply: '' }
    const seen = { step: 'xml-out', notRun: undefined, open: why, shows: ['L8'] as const, ...own }
    return { seen: [seen], ledger: [], lost: new Set() }
  }
  const { root, observations, undecided } = message.judged
  const payload = find(root, 'Payload/*')[0]
  const from = thingOfJson(subject.noun, created.content, `/${subject.noun}`)
  const entries =
    payload === undefined ? [] : compared(from, thingOfNode(payload, `/${payload.name}`), at)
  const findings = [
    ...typeFindings(message),
    ...observations,
    ...otherRoot(payload, subject),
    ...ledgerFindings(entries),
  ]
  return {
    seen: [
      {
        ...{ step: 'xml-out', notRun: undefined, isAsExpected: true, undecided },
        ...{ observations: findings, reply: message.file },
        shows: ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L8'],
      },
    ],
    ledger: linesOf(entries, { scenario, step: 'xml-out', direction: 'json-to-xml' }),
    lost: lostIn(entries),
  }
}

/** A message says of itself that it is XML. */
function typeFindings({ contentType, bytes }: Passing): readonly Observation[] {
  const it = { kind: 'answered', status: 200, contentType, bytes } as const
  return CHECKS.transport
    .filter(({ isOfRequests }) => isOfRequests === true)
    .flatMap(({ judge }) => judge(it))
}

function otherRoot(payload: Node | undefined, { noun, ns }: Subject): readonly Observation[] {
  if (payload?.name === noun && payload.ns === ns) return []
  const got = payload === undefined ? 'no payload' : `{${payload.ns}}${payload.name}`
  const message = `The payload is not the element of the noun.`
  return [observed('MAP-15', 'L8', { expected: `{${ns}}${noun}`, got, message })]
}

/** Read where Location says. */
async function backInJson(created: Created, out: Noted, at: At): Promise<Noted> {
  const { scenario, subject, playing } = at
  const location =
    created.call.said.kind === 'answered' ? created.call.said.headers['location'] : undefined
  if (!created.isDone || location === undefined) return notRun('json-back', 'nothing was created')
  const where = { scenario, step: 'json-back' }
  const call = await called(where, { method: 'GET', path: location }, playing)
  const seen = seenOf(where, call, { kind: 'read' }, playing)
  if (!isObject(call.body) || call.said.kind !== 'answered' || call.said.status !== 200)
    return { seen: [seen], ledger: [], lost: new Set() }
  const [from, to] = [created.content, contentIn(call.body, subject)].map((it) =>
    thingOfJson(subject.noun, it, `/${subject.noun}`),
  ) as [Thing, Thing]
  const entries = freshIn(compared(from, to, at), out.lost)
  const findings = [...arraysIn(call.body, subject), ...ledgerFindings(entries, 'MAP-16')]
  const observations = [...seen.observations, ...findings]
  return {
    seen: [{ ...seen, observations }],
    ledger: linesOf(entries, { ...where, direction: 'json-to-json' }),
    lost: lostIn(entries),
  }
}
