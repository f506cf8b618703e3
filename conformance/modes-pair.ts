// Pair mode as the command line sees it: everybody is played in memory, or products take part under the roles that --target
// names.

import { beside } from './engine/beside.ts'
import { pair } from './engine/pair.ts'
import type { Ran } from './engine/summary.ts'
import type { Ground, Mode, ModeOptions } from './modes.ts'
import { caseOf, playedOf } from './script.ts'
import type { Played } from './script.ts'
import { tokenOf } from './ids.ts'
import { payloadsOf } from './mapping/facade-request.ts'
import type { Register } from './register.ts'
import { ROLES } from './shapes.ts'
import type { Capability, Role } from './shapes.ts'
import { carrierOf } from './transport/carrier.ts'
import { overHttp } from './transport/http.ts'
import { addressFault, shownUrl } from './usage.ts'

/** Both ends of every scenario. */
export const PAIR: Mode = {
  ...{ needsCapability: false, side: 'receives', refusal, play },
  casesOf: (register) => playedIn(register).map(caseOf),
}

function playedIn({ scripts }: Pick<Register, 'scripts'>): readonly Played[] {
  return scripts.flatMap(playedOf)
}

/** The roles that are tested: those of the products, else all that scripts have. */
export function pairRoles(
  { scripts }: Pick<Register, 'scripts'>,
  target: string | undefined,
): Capability['roles'] {
  const played = ROLES.filter((it) => scripts.some(({ roles }) => roles.includes(it)))
  const tested = target === undefined ? played : [...targetsIn(target).keys()]
  return Object.fromEntries(tested.map((it) => [it, { receives: {}, sends: {} }]))
}

/** `CIS,DCS=http://…`, several with white space between. What is wrong in it `refusal` says. */
function targetsIn(text: string): ReadonlyMap<Role, string> {
  return new Map(wordsIn(text).flatMap(({ roles, url }) => roles.map((it) => [it as Role, url])))
}

interface Word {
  readonly roles: readonly string[]
  readonly url: string
}

function wordsIn(text: string): readonly Word[] {
  return text
    .trim()
    .split(/\s+/)
    .map((it) => {
      const at = Math.max(it.indexOf('='), 0)
      const roles = it.slice(0, at).split(',')
      return { roles, url: it.slice(at + 1) }
    })
}

function refusal({ target }: ModeOptions): string | undefined {
  if (target === undefined) return undefined
  const words = wordsIn(target)
  const known: readonly string[] = ROLES
  const all = words.flatMap(({ roles }) => roles)
  if (!all.every((it) => known.includes(it)))
    return `--target ${shownUrl(target)}: in pair mode it says who the product is, CIS=http://… or CIS,DCS=http://…; roles are ${ROLES.join(', ')}`
  const twice = all.find((it, at) => all.indexOf(it) !== at)
  if (twice !== undefined)
    return `--target ${shownUrl(target)}: ${twice} stands there twice, and a role is played by one product`
  return words
    .map(({ roles, url }) =>
      addressFault(`--target ${roles.join(',')}=`, url, 'where the product takes messages'),
    )
    .find((it) => it !== undefined)
}

async function play(options: ModeOptions, ground: Ground): Promise<Ran> {
  const scripts = new Map(playedIn(ground.register).map((it) => [it.branch.id, it]))
  if (options.target === undefined) return pair({ ...ground, scripts })
  const { target, wait, header, transport = 'http', host = '127.0.0.1', port = 0 } = options
  const urls = targetsIn(target)
  const waitMs = wait * 1000
  const carrier = { carrier: carrierOf(transport), namespaceOf: payloadsOf(ground.nouns) }
  const roles = ROLES.filter((it) => ground.register.scripts.some((one) => one.roles.includes(it)))
  const away = await beside(
    {
      ...ground,
      ...{ products: new Set(urls.keys()), target: shownUrl(target), transport, quietMs: waitMs },
      ...{ place: { host, port }, token: options.token ?? tokenOf(ground.seed) },
      wayTo: (to, from) => {
        const named = (it: string) => it.replaceAll('{Role}', from)
        const headers = Object.entries(header).map(([name, it]) => [name, named(it)] as const)
        const how = { waitMs, headers: Object.fromEntries(headers), ...carrier }
        return overHttp({ ...how, url: named(urls.get(to) ?? '') })
      },
    },
    roles,
  )
  try {
    return await pair({ ...ground, scripts, away })
  } finally {
    await away.close()
  }
}
