// Customer Support (CIS), tariffs and agreements: which tariffs there are, who may have which, and what has been agreed
// (EPRI 3002014619 §5.7, Fig. 4-3).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf } from './drafts.ts'
import type { Ask, Doing, Failure } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { each, oneAfterTheOther, refused, unknown, withOne } from './service-desk.ts'
import type { Desk, Turned } from './service-desk.ts'
import { element } from './write.ts'

const AGREEMENT = draftOf('CustomerAgreements')

/** What it takes of this, as a table. @param signed what a signature leads to */
export function agreements(
  signed: (desk: Desk, request: string, tools: Tools) => Turned,
): Readonly<Record<string, Doing<Desk>>> {
  return {
    'create Tariffs': each((desk, it) => ({
      state: { ...desk, tariffs: withOne(desk.tariffs, idOf(it), it) },
    })),
    'get Tariffs': list,
    'create CustomerAgreements': each(propose),
    'change CustomerAgreements': each((desk, it, _ask, tools) => change(desk, it, signed, tools)),
    'close CustomerAgreements': each(close),
  }
}

/** All, or those that are named. */
function list(desk: Desk, { content }: Ask): Turned {
  const ids = textsAt(content, 'PricingStructure/mRID')
  const wanted = textsAt(content, 'PricingStructure/eligibility/derTechnology')
  const found = [...desk.tariffs.values()].filter((it) => {
    const allowed = textsAt(it, 'eligibility/derTechnology')
    const isOpen = allowed.length === 0 || wanted.every((one) => allowed.includes(one))
    return isOpen && (ids.length === 0 || ids.includes(idOf(it)))
  })
  const payload = found.length === 0 ? undefined : element(draftOf('Tariffs'), 'Tariffs', found)
  return { state: desk, payload }
}

/** Why a DER cannot have a tariff. */
export function ineligible(tariff: Node, registration: Node | undefined): string | undefined {
  const is = (name: string) => textAt(tariff, `eligibility/${name}`) === 'true'
  if (registration === undefined) return 'No DER is registered for it.'
  const allowed = textsAt(tariff, 'eligibility/derTechnology')
  const technology = textAt(registration, 'nameplate/technology') ?? ''
  if (allowed.length > 0 && !allowed.includes(technology)) return `It is not for ${technology}.`
  const communicates = textAt(registration, 'EndDevice/isSmartInverter') === 'true'
  return (is('monitoringRequired') || is('controlRequired')) && !communicates
    ? 'It requires communication with the inverter, and none is declared.'
    : undefined
}

function propose(desk: Desk, object: Node, _ask: Ask, tools: Tools): Turned {
  const id = idOf(object)
  if (desk.agreements.has(id)) return failing(desk, refused('An agreement has this mRID.', id))
  const wrong = wrongIn(desk, object)
  if (wrong !== undefined) return failing(desk, wrong)
  return told(desk, object, 'proposed', 'created', tools)
}

function failing(desk: Desk, ...failures: readonly Failure[]): Turned {
  return { state: desk, failures }
}

/** There is no agreement without a tariff, nor about a DER that nobody has registered. */
function wrongIn(desk: Desk, object: Node): Failure | undefined {
  const chosen = textsAt(object, 'PricingStructures/mRID')
  const ders = textsAt(object, 'DERRegistrations/mRID')
  const points = textsAt(object, 'UsagePoints/mRID')
  if (chosen.length === 0) return refused('It names no tariff.', idOf(object), '5.8')
  const noTariff = chosen.find((it) => !desk.tariffs.has(it))
  if (noTariff !== undefined) return unknown('2.33', noTariff)
  const noDer = ders.find((it) => !desk.registrations.has(it))
  if (noDer !== undefined) return unknown('2.29', noDer)
  const registered = ders.flatMap((it) => desk.registrations.get(it) ?? [])
  if (registered.some((it) => !points.includes(textAt(it, 'UsagePoint/mRID') ?? '')))
    return refused('It is about another usage point than its DER.', idOf(object), '2.26')
  const why = chosen.flatMap((it) => {
    const tariff = desk.tariffs.get(it)
    return registered.flatMap((one) =>
      tariff === undefined ? [] : (ineligible(tariff, one) ?? []),
    )
  })[0]
  return why === undefined ? undefined : refused(why, idOf(object))
}

function told(desk: Desk, object: Node, state: string, verb: string, tools: Tools): Turned {
  const status = element(AGREEMENT, 'status', [element(AGREEMENT, 'value', state)])
  const whole = changed(object, [status])
  const content = element(AGREEMENT, 'CustomerAgreements', [whole])
  const message = eventOf('CIS', verb, content, tools, idOf(object), tools.now)
  const sends: readonly Sent[] = [{ to: 'DCS', message }]
  const agreements_ = withOne(desk.agreements, idOf(object), { object: whole, state })
  return { state: { ...desk, agreements: agreements_ }, sends, payload: whole }
}

/** Offered, signed, another tariff, another provider: what it is about stays, and it stays the same agreement. */
function change(
  desk: Desk,
  asked: Node,
  signed: (desk: Desk, request: string, tools: Tools) => Turned,
  tools: Tools,
): Turned {
  const id = idOf(asked)
  const known = desk.agreements.get(id)
  if (known === undefined) return failing(desk, unknown('99.1', id))
  if (known.state === 'terminated') return failing(desk, refused('It is closed.', id))
  const wanted = textAt(asked, 'status/value') ?? known.state
  if (wanted === 'active' && known.state === 'proposed')
    return failing(desk, refused('A customer signs what has been offered.', id))
  const own = asked.children.filter((it) => !['mRID', 'revisionNumber'].includes(it.name))
  const come = [...own, ...groupsKept(known.object, asked)]
  const object = changed(known.object, [...come, revisionOf(known.object, asked)])
  const wrong = wrongIn(desk, object)
  if (wrong !== undefined) return failing(desk, wrong)
  const done = (it: Desk) => told(it, object, wanted, 'changed', tools)
  if (wanted !== 'active' || known.state === 'active') return done(desk)
  return oneAfterTheOther(
    desk,
    done,
    ...requestsOf(desk, object).map((it) => (one: Desk) => signed(one, it, tools)),
  )
}

/** A group comes beside those that the agreement names: a DER may be in several. */
function groupsKept(before: Node, asked: Node): readonly Node[] {
  const named = textsAt(asked, 'EndDeviceGroups/mRID')
  if (named.length === 0) return []
  return find(before, 'EndDeviceGroups').filter((it) => !named.includes(idOf(it)))
}

/** Another tariff is another revision; another provider is none (EPRI 3002014619 §5.4). */
function revisionOf(before: Node, asked: Node): Node {
  const number = Number(textAt(before, 'revisionNumber') ?? '1')
  const isOther = find(asked, 'PricingStructures').length > 0
  return element(AGREEMENT, 'revisionNumber', String(isOther ? number + 1 : number))
}

function requestsOf(desk: Desk, agreement: Node): readonly string[] {
  return textsAt(agreement, 'DERRegistrations/mRID').flatMap(
    (it) => textAt(desk.registrations.get(it), 'ServiceRequest/mRID') ?? [],
  )
}

function close(desk: Desk, asked: Node, _ask: Ask, tools: Tools): Turned {
  const known = desk.agreements.get(idOf(asked))
  if (known === undefined) return failing(desk, unknown('99.1', idOf(asked)))
  if (known.state === 'terminated') return failing(desk, refused('It is closed.', idOf(asked)))
  return told(desk, known.object, 'terminated', 'closed', tools)
}
