// The gateway put together: flows, exchange, façade and routes over one store, and what sends and watches beside them.
// What it stands on is handed in.

import type { AccessParts } from './access/access.ts'
import { auditedExchange, auditedPeer } from './audit/audited.ts'
import { NO_RECORDER } from './audit/recorder.ts'
import type { Recorder } from './audit/recorder.ts'
import { contentsOf } from './content.ts'
import { decidingOn } from './deciding/deciding.ts'
import { actionsOn } from './delivery/actions.ts'
import { createAlarms } from './delivery/alarms.ts'
import { dueNow } from './delivery/back.ts'
import { judgeOfPeers } from './soap/peer-reply.ts'
import { createDispatcher } from './delivery/dispatcher.ts'
import { endingBy } from './delivery/over.ts'
import type { DispatchParts, Dispatcher } from './delivery/dispatcher.ts'
import { reconsider } from './delivery/reconsidered.ts'
import { answeredTo, judgedAnswer } from './delivery/answered.ts'
import { createRetention } from './delivery/retention.ts'
import type { Retention } from './delivery/retention.ts'
import { createExchange } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import { acknowledgementsOn } from './acknowledgements.ts'
import { batching } from './facade/batch.ts'
import { itemStepping } from './facade/items.ts'
import { createFacade } from './facade/facade.ts'
import { filesOn } from './files/index.ts'
import type { Files, FilesOutside } from './files/index.ts'
import { patienceOver } from './patience.ts'
import { NO_POLICIES, flowIn } from './flow-in.ts'
import { formOf } from './form.ts'
import { guarded } from './guarded.ts'
import type { Leg } from './ledger.ts'
import { EVERY_ROLE } from './node-role.ts'
import type { NodeRoles } from './node-role.ts'
import { organisationsIn } from './parties/index.ts'
import type { Topology } from './parties/party.ts'
import { isKept } from './parties/routing.ts'
import { meteredExchange, meteredPeer } from './meter.ts'
import type { ExchangeMeter } from './meter.ts'

import { knownIn } from './vendor-known.ts'
import { sharingOf } from './sharing.ts'
import type { WriteSoap } from './relay/carriage.ts'
import { choosingOn } from './relay/choosing.ts'
import { releasingOn } from './relay/held-back.ts'
import { createCourier } from './relay/courier.ts'
import { renewed } from './relay/renewed.ts'
import { againBy } from './relay/again.ts'
import { rewritingOn } from './relay/rewritten.ts'
import { followingOn } from './relay/following.ts'
import { receivingHere } from './relay/here.ts'
import { givingUpOn } from './relay/giving-up.ts'
import { inNameOf } from './relay/inward.ts'
import { publishingOn } from './relay/publishing.ts'
import { comparingOn } from './reconcile/comparing.ts'
import { listsOn } from './collections/index.ts'
import type { PeerAnswer } from './peer.ts'
import { createRelay } from './relay/relay.ts'
import type { RelayParts } from './relay/relay.ts'
import { createResponder } from './responder.ts'
import { isProbe, routesOf } from './routes.ts'
import type { RouteParts, ServedRoute } from './routes.ts'
import { standingsOn } from './standing.ts'
import { alarmsOf } from './tracking/alarms.ts'
import { standingBy } from './tracking/standing.ts'
import { NO_WAY, wayOfLeg } from './leg-way.ts'
import { keepingRefused } from './turned-away.ts'
import { trackingOf } from './tracking/tracking.ts'
import { judgeForm } from './translate.ts'
import { watched } from './watched.ts'
import { senderOf } from './sender-of.ts'
import { whyNot } from './why-not.ts'

/** What a gateway is made of. */
export interface GatewayParts
  extends
    Omit<ExchangeParts, 'flow' | 'courier'>,
    Pick<DispatchParts, 'peer' | 'timers' | 'random' | 'holder'> {
  readonly topology: () => Topology
  /** with all senders */
  readonly agreed: AccessParts['agreed']
  readonly writeSoap: WriteSoap
  readonly retention: () => Retention
  readonly report: RouteParts['report']
  /** true from the moment on which nothing new is to be sent here */
  readonly isEnding: () => boolean
  readonly describe: RouteParts['describe']
  readonly documents?: RouteParts['documents']
  readonly readXml?: RouteParts['readXml']
  readonly publicUrl?: RouteParts['publicUrl']
  readonly soapProof?: RouteParts['soapProof']
  readonly metrics?: RouteParts['metrics']
  /** its part of the work, where several share a store; all by default */
  readonly roles?: NodeRoles
  /** folders of files; absent = nothing comes in files */
  readonly files?: FilesOutside
  /** writes into the audit log; absent = only what is part of a unit stands there */
  readonly recorder?: Recorder
  /** absent = nothing is counted */
  readonly measured?: Pick<ExchangeMeter, 'meter' | 'elapsed'>
}

/** A gateway that is ready to be served. */
export interface Gateway {
  /** every route of the HTTP interface, and what answers it */
  readonly routes: readonly ServedRoute[]
  readonly dispatcher: Dispatcher
  readonly files: Files
  /** Begins to send what is in the outbox, and to look for what is overdue. */
  readonly start: () => void
  /** Whoever waits for another party is acknowledged, and told later. */
  readonly letGo: () => Promise<void>
  /** requests of a party, or of all, that wait for another party */
  readonly held: (party?: string) => number
  /** Another topology is in force than this one. */
  readonly reconsider: (before: Topology) => Promise<void>
  /** Takes nothing more from the outbox, and resolves when what is under way is noted. */
  readonly stop: () => Promise<void>
}

/** Puts it together. */
export function createGateway(given: GatewayParts): Gateway {
  const expected = (dueAt: string) => alarms.expect(dueAt)
  const parts = {
    ...given,
    store: watched(given.store, {
      ...given,
      expected,
      turnsOf: (noun) => flow(noun, 'get')?.turns,
    }),
  }
  const { schemas, validate, store, report, describe } = parts
  const flow = flowIn(
    schemas,
    () => parts.topology().policies ?? NO_POLICIES,
    () => parts.topology().quantities,
    () => parts.topology().choices,
  )
  const contentOf = contentsOf(schemas)
  const { recorder = NO_RECORDER } = parts
  const responder = createResponder(parts)
  const deciding = decidingOn({
    ...parts,
    flow,
    contentOf,
    store: guarded(store),
    isKept: (noun) => isKept(parts.topology(), noun),
    organisations: organisationsIn(parts.topology),
  })
  const judgeReply = judgeOfPeers(
    (bytes) => validate.judge(bytes, { json: true }),
    parts.readXml ?? (() => undefined),
  )
  const judgeJsonReply = async (bytes: Uint8Array) =>
    (await judgeForm(bytes, 'json', parts, { json: true })).validated
  const judgeAnswer = (bytes: Uint8Array) =>
    formOf(bytes) === 'json' ? judgeJsonReply(bytes) : judgeReply(bytes)
  const wayOf = (leg: Leg) =>
    (inNameOf(leg) === undefined ? wayOfLeg(parts.topology(), leg) : undefined) ?? NO_WAY
  const queried = (noun: string) => schemas.catalogue.queried(noun)
  const { roles = EVERY_ROLE } = parts
  const sharing = sharingOf({ ...parts, roles }, () => ({
    ...{ dispatcher, alarms, retention, files },
    ...compares,
  }))
  const dispatcher: Dispatcher = createDispatcher({
    ...parts,
    part: sharing.part,
    peer: auditedPeer(
      parts.measured === undefined ? parts.peer : meteredPeer(parts.peer, parts.measured),
      recorder,
    ),
    here: (leg) => here(leg),
    carry: (...it) => lists.carry(...it),
    judge: judgeAnswer,
    queried,
    planOf: (leg) => wayOf(leg).retry,
    givesUp: givingUpOn({ store: parts.store, wayOf }),
    settled: (...it) => relay.settled(...it),
    unkept: (...it) => relay.unkept(...it),
    awaiting: (leg) => relay.awaiting(leg),
    back: (party) => dueNow(party, parts),
  })
  const { wake, circuits } = dispatcher
  const standings = standingsOn({ ...parts, store: guarded(store), deciding, contentOf })
  const next = { ...parts, store: guarded(store), flow, contentOf, searched: deciding.searched }
  const follow = followingOn(next)
  const choose = choosingOn({ ...parts, contentOf })
  const of = { contentOf, standings, senderOf: (party: string) => senderOf(party, parts) }
  const relayed: RelayParts = {
    ...parts,
    keepRefused: keepingRefused({ ...parts, store: guarded(store) }),
    ...of,
    choose,
    follow,
    verdictOf: (leg) => answeredTo(leg, { topology: parts.topology, judge: judgeAnswer, queried }),
    responder,
    deciding,
    wake,
    circuits,
    wayOf,
    reconciled: (...it) => compares.answered(...it),
    known: () => release(),
  }
  const relay = createRelay(relayed)
  const judged = (leg: Leg, answer: PeerAnswer) =>
    judgedAnswer(leg, answer, undefined, { judge: judgeAnswer, queried })
  const lists = listsOn({
    ...relayed,
    ...{ pause: describe.pause, peer: parts.peer, doubt: dispatcher.doubt },
    lookAtList: relay.lookAtList,
    receive: (received) => exchange.receive(received),
    judged,
  })
  const courier = createCourier({ ...relayed, ...lists, relay, store, flow })
  const all = { ...parts, flow, courier, patience: patienceOver({ ...parts, flow }) }
  const exchange = auditedExchange(
    counted(createExchange(all), parts),
    recorder,
    schemas.catalogue.isNoun,
  )
  const here = receivingHere({
    ...parts,
    ...of,
    courier,
    flow,
    ...{ store: guarded(store), workOf: deciding.workOf, receive: exchange.receive, judged },
  })
  const facade = createFacade(all, exchange)
  const [itemStep, batch] = [itemStepping(facade, all), batching(facade, exchange, all)]
  const retention = createRetention(parts)
  const publish = publishingOn({ ...parts, contentOf, choose })
  const compares = comparingOn({ ...next, store, deciding, publish, follow, wake })
  const over = endingBy({ ...parts, ...courier, flow, deciding, publish, follow, wake })
  const files = filesOn({ ...next, ...of, deciding, exchange, choose, follow, wake }, given.files)
  const alarms = createAlarms({ ...parts, overdue: relay.overdue, over })
  const standing = standingBy(store)
  const ready = async () => (parts.isEnding() ? 'The gateway is ending.' : whyNot(store))
  const { documents, readXml, publicUrl, soapProof, metrics } = parts
  const again = againBy({ ...parts, ...of, validate, courier, receive: exchange.receive })
  const release = releasingOn({ ...parts, again, flow, wake })
  const actions = actionsOn({
    store,
    clock: parts.clock,
    wake,
    priorityOf: (leg) => wayOf(leg).priority,
    again,
    ...lists,
    renewed: (leg) => renewed(leg, { ...parts, contentOf }),
    rewritten: rewritingOn(next),
    settled: relay.settled,
  })
  const about = {
    report,
    ready,
    sharing: sharing.told,
    describe,
    documents,
    ...{ tracking: trackingOf(store), results: lists.results, actions },
    alarms: alarmsOf({ ...{ ledger: store, circuits }, openedAt: dispatcher.openedAt, standing }),
    audit: { ledger: store, recorder },
    readXml,
    publicUrl,
    soapProof,
    metrics,
    reconcile: compares.reconcile,
  }
  const acknowledgements = acknowledgementsOn(all)
  const acting = { exchange, facade, itemStep, batch, putFile: files.put }
  const own = { schemas, validate, ...acting, clock: parts.clock }
  const served = { ...own, acknowledgements, known: knownIn(store, parts.topology), ...about }
  const ends: (() => void)[] = []
  return {
    routes: routesOf(served).filter((it) => roles.has('ingress') || isProbe(it)),
    dispatcher,
    files,
    start: () => (release(), void ends.push(relay.listen(), sharing.begin())),
    letGo: relay.letGo,
    held: (party) => relay.held(party) + all.patience.held(party),
    reconsider: (before) => {
      files.review()
      return reconsider(before, { ...parts, dispatcher, actions })
    },
    stop: async () => {
      for (const end of ends) end()
      alarms.stop()
      retention.stop()
      compares.nightly.stop()
      await files.stop()
      await dispatcher.stop()
    },
  }
}

function counted(exchange: Exchange, { measured, schemas, log }: GatewayParts): Exchange {
  if (measured === undefined) return exchange
  return meteredExchange(exchange, { ...measured, log, isNoun: schemas.catalogue.isNoun })
}
