// Which addresses a name may stand for. A name is looked up once, what it stands for is judged, and the connection is made to an
// address that was judged: a name that says one thing when it is asked and another when it is used comes to nothing.

import dns from 'node:dns'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isLoopback, specialNetworkOf, within } from './networks.ts'

/** How connections are made, and to whom they may be. Kept open ones are of nobody else. */
export interface Reach {
  readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent }
  /** absent: to wherever a name leads */
  readonly lookup?: LookupFunction
}

/** milliseconds for which a connection waits for its next request: less than most servers keep theirs */
const IDLE_MS = 4_000

/** Wherever somebody has named by hand. */
export function anywhere(): Reach {
  const how = { keepAlive: true, timeout: IDLE_MS }
  return { agents: { http: new HttpAgent(how), https: new HttpsAgent(how) } }
}

/**
 * To the public internet, to addresses that the configuration has written out as such, and to these networks.
 * @param networks asked each time, for they may be changed
 */
export function amongst(networks: () => readonly string[]): Reach {
  return { ...anywhere(), lookup: lookupOf(networks) }
}

function lookupOf(networks: () => readonly string[]): LookupFunction {
  return (name, options, done) => {
    dns.lookup(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, '', 0)
      const isNamed = within(networks())
      const reached = found.filter(({ address }) => isOpen(name, address) || isNamed(address))
      const [first] = reached
      if (first === undefined) return done(new OutOfReach(name, found[0]?.address ?? ''), '', 0)
      return options.all === true ? done(null, reached) : done(null, first.address, first.family)
    })
  }
}

/** Whoever writes localhost means it. */
function isOpen(name: string, address: string): boolean {
  if (/^(.+\.)?localhost\.?$/i.test(name)) return isLoopback(address)
  return specialNetworkOf(address) === undefined
}

/** A name that stands for what nobody has allowed. Says which network, not which address in it: others read this. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach'

  constructor(name: string, address: string) {
    const { network, what } = specialNetworkOf(address) ?? { network: 'no network', what: 'none' }
    super(
      `is not posted to: ${name} is in ${network}, which is ${what}; where that is meant, name the network in privateNetworks of the configuration`,
    )
  }
}
