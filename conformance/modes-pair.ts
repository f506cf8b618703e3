// Pair mode as the command line sees it: everybody is played in memory, or products take part under the roles that --target
// names.

import { beside } from './engine/beside.ts'
import { pair } from './engine/pair.ts'
import { shownUrl } from './engine/summary.ts'
import type { Ran } from './engine/summary.ts'
import type { Ground, Mode, ModeOptions } from './modes.ts'
import { caseOf, playedOf } from './script.ts'
import type { Played } from './script.ts'
import { tokenOf } from './ids.ts'
import type { Register } from './register.ts'
import { ROLES } from './shapes.ts'
import type { Capability, Role } from './shapes.ts'
import { carrierOf } from './transport/carrier.ts'
import { overHttp } from './transport/http.ts'

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
  const tested = target === undefined ? played : [...(targetsIn(target)?.keys() ?? [])]
  return Object.fromEntries(tested.map((it) => [it, { receives: {}, sends: {} }]))
}

/** `CIS,DCS=http://…`, several with white space between; undefined where it is not written so. */
export function targetsIn(text: string): ReadonlyMap<Role, string> | undefined {
  const all = text.split(/\s+/).flatMap((it): readonly (readonly [string, string])[] => {
    const at = it.indexOf('=')
    const [roles, url] = [it.slice(0, Math.max(at, 0)), it.slice(at + 1)]
    return roles.split(',').map((role) => [role, url])
  })
  const isRight = all.every(([role, url]) => isRole(role) && URL.canParse(url))
  return isRight ? new Map(all as readonly (readonly [Role, string])[]) : undefined
}

function isRole(text: string): boolean {
  return (ROLES as readonly string[]).includes(text)
}

function refusal({ target }: ModeOptions): string | undefined {
  return target === undefined || targetsIn(target) !== undefined
    ? undefined
    : `--target ${shownUrl(target)}: in pair mode it says who the product is, CIS=http://… or CIS,DCS=http://…; roles are ${ROLES.join(', ')}`
}

async function play(options: ModeOptions, ground: Ground): Promise<Ran> {
  const scripts = new Map(playedIn(ground.register).map((it) => [it.branch.id, it]))
  if (options.target === undefined) return pair({ ...ground, scripts })
  const { target, wait, header, transport = 'http', host = '127.0.0.1', port = 0 } = options
  const urls = targetsIn(target) ?? new Map<Role, string>()
  const waitMs = wait * 1000
  const roles = ROLES.filter((it) => ground.register.scripts.some((one) => one.roles.includes(it)))
  const away = await beside(
    {
      ...ground,
      ...{ products: new Set(urls.keys()), target: shownUrl(target), transport, quietMs: waitMs },
      ...{ place: { host, port }, token: options.token ?? tokenOf(ground.seed) },
      wayTo: (to, from) => {
        const named = (it: string) => it.replaceAll('{Role}', from)
        const headers = Object.entries(header).map(([name, it]) => [name, named(it)] as const)
        const how = { waitMs, carrier: carrierOf(transport), headers: Object.fromEntries(headers) }
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
