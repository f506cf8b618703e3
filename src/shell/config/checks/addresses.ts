// Checks of addresses: each is somebody's, nobody else's, and not our own.

import type { Party, Topology } from '../../../gateway/parties/party.ts'
import type { Path } from '../tree.ts'
import { each } from './check.ts'
import type { Check } from './check.ts'

interface Posted {
  readonly id: string
  readonly path: Path
  readonly url: string
}

/** Where parties are posted to. */
function posted({ parties }: Topology): readonly Posted[] {
  return parties.flatMap(({ id, binding }: Party) =>
    binding !== undefined && 'url' in binding
      ? [{ id, path: ['parties', id, 'binding', 'url'], url: binding.url }]
      : [],
  )
}

/** Parties that are posted to at one address. */
export const sameAddresses: Check = ({ topology }) => {
  const all = posted(topology).map((it) => ({ ...it, href: new URL(it.url).href }))
  return all.flatMap(({ path, href }, at) => {
    const other = all.slice(0, at).find((it) => it.href === href)
    if (other === undefined) return []
    const because = [['parties', other.id]]
    const message = `it is the address of ${other.id}, too; write another one, or where both are one system, leave one out and write its name in sources or partyAliases`
    return [{ path, because, severity: 'warning', message }]
  })
}

/** First steps of the paths at which cimgate takes messages; empty = all else, where nobody takes any. */
const OWN_STEPS: readonly string[] = ['', 'cim', 'soap', 'api', 'vendor']

/** A party at our own address: what is sent to it would come back in. */
export const ownAddresses: Check = ({ topology, written: { publicUrl } }) => {
  if (publicUrl === '') return []
  const own = new URL(publicUrl)
  const root = own.pathname.replace(/\/$/, '')
  return posted(topology)
    .filter(({ url }) => {
      const { origin, pathname } = new URL(url)
      const rest = pathname.slice(root.length)
      const isBelow = pathname.startsWith(root) && (rest === '' || rest.startsWith('/'))
      return origin === own.origin && isBelow && OWN_STEPS.includes(rest.split('/')[1] ?? '')
    })
    .map(({ path }) => ({
      path,
      because: [['publicUrl']],
      message: `it is the address of cimgate itself (publicUrl ${publicUrl}), so that what is sent there comes back in; write that of the party`,
    }))
}

/** A star, where no address has a pattern. */
export const starsInAddresses: Check = ({ written: { addresses, parties } }) => {
  const listed = [
    ...each(['addresses'], addresses),
    ...Object.entries(parties).flatMap(([id, { binding, replyAddresses }]) => [
      ...each(['parties', id, 'replyAddresses'], replyAddresses),
      ...Object.entries(binding ?? {})
        .filter(([key]) => key === 'url' || key === 'healthUrl')
        .map(([key, text]) => ({ path: ['parties', id, 'binding', key], text: hostOf(text) })),
    ]),
  ]
  return listed
    .filter(({ text }) => text.includes('*'))
    .map(({ path }) => ({
      path,
      message:
        'a star stands for nothing in an address; write each one out (what stands below an address is allowed with it)',
    }))
}

function hostOf(text: unknown): string {
  return new URL(String(text)).hostname
}
