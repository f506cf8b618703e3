// Who is taken in while others are being served: a bound on requests and on the octets of their bodies, a share for each
// party, and a reserve for what is urgent. Whatever stands between a socket and the store is bounded by it, because nothing
// comes there but what has a place here. Pure but for its own counts.

import type { LoadRules } from './rules.ts'

/** Why there is no place. */
export type NoPlace = 'working' | 'requests' | 'bytes' | 'share'

/** Who asks for a place. */
export interface Asking {
  readonly party: string
  /** may have of the reserve */
  readonly isUrgent: boolean
  /** octets of the body, as far as the request says; 0 where it does not */
  readonly bytes: number
}

/** A request that is served. */
export interface Place {
  /** Its body has so many octets by now. @returns why there is no room for them; then the place is left */
  readonly grown: (bytes: number) => NoPlace | undefined
  /** Its body is read. @returns why it cannot be worked on now, where its body has come slowly; then the place is left */
  readonly read: () => NoPlace | undefined
  /** It is that of another party, as its body says. */
  readonly is: (party: string) => void
  /** Its answer is made; it may take a while to be sent. */
  readonly answered: () => void
  /** Its answer is sent, or nobody is there to read it. */
  readonly left: () => void
}

/** What admission goes by. */
export interface AdmissionParts {
  readonly rules: () => LoadRules
  /** milliseconds since some moment */
  readonly nowMs: () => number
  /** requests of a party, or of all, that wait for another party and cost nothing meanwhile */
  readonly waiting: (party?: string) => number
  /** true where several parties share it */
  readonly isShared: () => boolean
  /** true where anything can be urgent */
  readonly hasUrgent: () => boolean
}

/** The places of one gateway. */
export interface Admission {
  readonly enter: (asking: Asking) => Place | NoPlace
  /** True where nobody has a place, however urgent. */
  readonly isFull: () => boolean
  /** True where what is not urgent has no place. */
  readonly isTight: () => boolean
  readonly standing: () => Standing
}

/** Places that are taken. */
export interface Standing {
  readonly working: number
  readonly requests: number
  readonly bytes: number
}

/**
 * Milliseconds after which a body that is not read yet counts as slow: it is waited for, and not worked on. Whoever sends an
 * octet every ten seconds keeps nobody out.
 */
const SLOW_MS = 50

interface Counts {
  working: number
  requests: number
  bytes: number
}

interface Guest {
  party: string
  readonly isUrgent: boolean
  readonly begunMs: number
  bytes: number
  /** being read in good time and being worked on count alike */
  stage: 'reading' | 'slow' | 'working' | 'answered' | 'left'
}

/** Places for one gateway. */
export function admissionOn(parts: AdmissionParts): Admission {
  const all: Counts = { ...NOTHING }
  const byParty = new Map<string, Counts>()
  /** in the order in which they have come */
  const reading = new Set<Guest>()

  function enter({ party, isUrgent, bytes }: Asking): Place | NoPlace {
    setSlowAside()
    const guest: Guest = { party, isUrgent, begunMs: parts.nowMs(), bytes: 0, stage: 'left' }
    const why = lacking(guest, { working: 1, requests: 1, bytes })
    if (why !== undefined) return why
    become(guest, 'reading', bytes)
    return placeOf(guest)
  }

  function placeOf(guest: Guest): Place {
    return {
      grown: (bytes) => {
        const more = bytes - guest.bytes
        if (more <= 0 || guest.stage === 'left') return undefined
        const why = lacking(guest, { working: 0, requests: 0, bytes: more })
        if (why === undefined) become(guest, guest.stage, bytes)
        else become(guest, 'left')
        return why
      },
      read: () => {
        if (guest.stage !== 'reading' && guest.stage !== 'slow') return undefined
        const why =
          guest.stage === 'slow' ? lacking(guest, { working: 1, requests: 0, bytes: 0 }) : undefined
        become(guest, why === undefined ? 'working' : 'left')
        return why
      },
      is: (party) => {
        if (party === guest.party || guest.stage === 'left') return
        const own = countsOf(guest)
        count(guest, between(own, NOTHING))
        guest.party = party
        count(guest, own)
      },
      answered: () => {
        if (guest.stage !== 'left' && guest.stage !== 'answered') become(guest, 'answered', 0)
      },
      left: () => become(guest, 'left'),
    }
  }

  /** What is counted follows from what a guest is. */
  function become(guest: Guest, stage: Guest['stage'], bytes = guest.bytes): void {
    const before = countsOf(guest)
    guest.stage = stage
    guest.bytes = bytes
    if (stage === 'reading') reading.add(guest)
    else reading.delete(guest)
    count(guest, between(before, countsOf(guest)))
  }

  function setSlowAside(): void {
    const before = parts.nowMs() - SLOW_MS
    for (const guest of reading) {
      if (guest.begunMs >= before) return
      become(guest, 'slow')
    }
  }

  function count({ party }: Guest, { working, requests, bytes }: Counts): void {
    const own = byParty.get(party) ?? { ...NOTHING }
    for (const it of [all, own]) {
      it.working += working
      it.requests += requests
      it.bytes += bytes
    }
    if (own.requests === 0) byParty.delete(party)
    else byParty.set(party, own)
  }

  /** Of the whole first: what is full for all is no matter of shares. */
  function lacking({ party, isUrgent }: Pick<Guest, 'party' | 'isUrgent'>, more: Counts) {
    const why = exceeding(standing(), more, 100 - kept(isUrgent))
    if (why !== undefined || !parts.isShared()) return why
    const own = byParty.get(party) ?? NOTHING
    const mine = { ...own, working: own.working - parts.waiting(party) }
    return exceeding(mine, more, parts.rules().partyShare) === undefined ? undefined : 'share'
  }

  function kept(isUrgent: boolean): number {
    return isUrgent || !parts.hasUrgent() ? 0 : parts.rules().reserve
  }

  /** A body that is larger than the bound is taken when it is alone: else nobody could ever send it. */
  function exceeding(taken: Standing, more: Counts, percent: number): NoPlace | undefined {
    const { working, requests, bodyBytes } = parts.rules()
    const most = (bound: number) => Math.max(1, Math.floor((bound * percent) / 100))
    if (more.working > 0 && taken.working + more.working > most(working)) return 'working'
    if (more.requests > 0 && taken.requests + more.requests > most(requests)) return 'requests'
    const isFirst = taken.requests === 0 || (more.requests === 0 && taken.requests === 1)
    if (!isFirst && more.bytes > 0 && taken.bytes + more.bytes > most(bodyBytes)) return 'bytes'
    return undefined
  }

  function standing(): Standing {
    return { ...all, working: Math.max(0, all.working - parts.waiting()) }
  }

  const one: Counts = { working: 1, requests: 1, bytes: 0 }
  const isOver = (percent: number) => {
    setSlowAside()
    return exceeding(standing(), one, percent) !== undefined
  }
  return {
    enter,
    isFull: () => isOver(100),
    isTight: () => isOver(100 - kept(false)),
    standing,
  }
}

const NOTHING: Counts = { working: 0, requests: 0, bytes: 0 }

function countsOf({ stage, bytes }: Guest): Counts {
  if (stage === 'left') return NOTHING
  const isWorking = stage === 'reading' || stage === 'working'
  return { working: isWorking ? 1 : 0, requests: 1, bytes }
}

/** What has to be added to come from one to the other. */
function between(from: Counts, to: Counts): Counts {
  return {
    working: to.working - from.working,
    requests: to.requests - from.requests,
    bytes: to.bytes - from.bytes,
  }
}
