// Products among those who play a scenario: the tester calls them where they take messages, and takes what they send at
// addresses of its own, one for each role that it plays. What comes for a branch that is over, or for none, is answered and
// kept, and is nothing of the branch that is played.

import { textAt } from '../find.ts'
import { openStage } from '../peers/stage.ts'
import type { Stage } from '../peers/stage.ts'
import type { Role, Script } from '../shapes.ts'
import type { Transport } from '../transport/answer.ts'
import { UNREAD, UNREAD_WHY, arrived } from '../transport/arrived.ts'
import { listen } from '../transport/listen.ts'
import type { Asked, Place, Told } from '../transport/listen.ts'
import { received } from '../transport/received.ts'
import type { Node } from '../xml.ts'
import { nobody } from './answering.ts'
import type { Judged } from './judge.ts'
import { lateFor, spokenOfIn } from './late.ts'
import type { Over } from './late.ts'
import type { Away } from './pair.ts'
import type { Astray } from './unmatched.ts'

/** What products are played with. */
export interface BesideOptions {
  readonly products: ReadonlySet<Role>
  /** for the report */
  readonly target: string
  readonly transport: string
  readonly wayTo: (to: Role, from: Role) => Transport
  readonly place: Place
  /** in the addresses: what is of another run is told so */
  readonly token: string
  readonly quietMs: number
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly seed: string
  readonly now: () => string
  readonly tell: (line: string) => void
}

/** Products, and the tester at its addresses. */
export interface Beside extends Away {
  readonly close: () => Promise<void>
}

/** Listens for all roles that the tester can play beside the products. @param roles that scripts have */
export async function beside(options: BesideOptions, roles: readonly Role[]): Promise<Beside> {
  const { products, tell, token, judge, seed, now, quietMs } = options
  let current: { readonly stage: Stage; readonly script: Script } | undefined
  const over: Over[] = []
  let astray: Astray[] = []
  let last = Date.now()
  const server = await listen(options.place, take)
  for (const role of roles.filter((it) => !products.has(it)))
    tell(`${role}: ${server.address}/t/${token}/${role}`)
  return {
    ...{ products, target: options.target, transport: options.transport },
    astray: () => {
      const all = astray
      astray = []
      return all
    },
    open: async (peers, { script, branch }, meanwhile) => {
      const stage = openStage(peers, {
        ...{ judge, seed, begins: now(), meanwhile },
        outside: {
          ...{ now, quiet },
          wayTo: (to, from) => (products.has(to) ? options.wayTo(to, from) : undefined),
        },
      })
      current = { stage, script }
      return { ground: stage, close: async () => end(branch.id, stage) }
    },
    close: server.close,
  }

  function end(id: string, { passed }: Stage): void {
    current = undefined
    over.push({ id, spokenOf: spokenOfIn(passed) })
  }

  /** Nothing has come for so long. */
  async function quiet(): Promise<void> {
    last = Date.now()
    for (let left = quietMs; left > 0; left = last + quietMs - Date.now())
      await new Promise((done) => setTimeout(done, left))
  }

  async function take(asked: Asked): Promise<Told> {
    last = Date.now()
    const { bytes, unread } = arrived(asked)
    if (unread !== undefined) {
      tell(`came: what is not read, refused by HTTP ${UNREAD[unread]}: ${UNREAD_WHY[unread]}`)
      return { status: UNREAD[unread], headers: {}, bytes: new Uint8Array() }
    }
    const judged = await judge(bytes)
    const { root, answered } = received(bytes, judged.root !== undefined)
    const to = roles.find((it) => asked.path.startsWith(`/t/${token}/${it}`))
    const why = whyNot(to, asked.path, root)
    if (why !== undefined || current === undefined || to === undefined) {
      const no = nobody(why ?? NOTHING_PLAYED)
      tell(`came: ${wordsOf(root)}, taken for nothing: ${why ?? NOTHING_PLAYED}`)
      const answer = toldOf(no.message, no.status)
      const from = senderOf(root, to, current?.script.steps ?? [])
      astray.push({ asked, judged, to, from, why: why ?? NOTHING_PLAYED, answer })
      return answer
    }
    const from = senderOf(root, to, current.script.steps)
    const { message, status } = await current.stage.hear(from, to, { ...judged, root })
    last = Date.now()
    return toldOf(message, status)

    function toldOf(message: Node | undefined, status: number): Exclude<Told, undefined> {
      if (message === undefined) return { status, headers: {}, bytes: new Uint8Array() }
      const reply = answered(message, status)
      const headers = { 'Content-Type': reply.contentType }
      return { status: reply.status, headers, bytes: new TextEncoder().encode(reply.text) }
    }
  }

  /** Why a message is nothing of the branch that is played; undefined = it is of that. */
  function whyNot(to: Role | undefined, path: string, root: Node | undefined): string | undefined {
    if (to === undefined || products.has(to)) return `its address ${path} is none of this run`
    const branch = lateFor(root, spokenOfIn(current?.stage.passed ?? []), over)
    if (branch !== undefined)
      return `it is of ${branch}, which was over when it came; a longer --wait leaves it more time`
    return current === undefined ? NOTHING_PLAYED : undefined
  }

  /** Of a product that plays several roles the one whose step it is; else who it says to be. */
  function senderOf(root: Node | undefined, to: Role | undefined, steps: Script['steps']): Role {
    const said = textAt(root, 'Header/Source')
    const of = steps.find(
      (it) =>
        it.to === to &&
        products.has(it.from) &&
        it.verb.split('|').includes(textAt(root, 'Header/Verb') ?? '') &&
        it.noun.split('|').includes(textAt(root, 'Header/Noun') ?? ''),
    )
    const [first] = products
    return of?.from ?? [...products].find((it) => it === said) ?? first ?? 'GW'
  }
}

const NOTHING_PLAYED = 'no scenario is played now'

function wordsOf(root: Node | undefined): string {
  return `${textAt(root, 'Header/Verb') ?? 'what'} ${textAt(root, 'Header/Noun') ?? 'cannot be read'}`
}
