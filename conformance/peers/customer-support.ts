// DERMS Customer Support (DCS): keeps what DERMS Operations tells of groups, as it was told last.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { CONTRACTS } from './customer-support-contracts.ts'
import { unknown } from './group-duty.ts'
import { joined } from './joined.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'

/** Groups by mRID, as they were told last. */
type Told = ReadonlyMap<string, Node>

/** What it takes, as a table. */
const SUPPORT: Party<Told> = {
  role: 'DCS',
  namespaces: ['http://iec.ch/TC57/2017/DERGroups#'],
  start: new Map(),
  takes: {
    'created DERGroups': (told, ask) => ({ state: withGroups(told, ask) }),
    'changed DERGroups': known((told, ask) => withGroups(told, ask)),
    'deleted DERGroups': known(withoutThem),
  },
}

/** The reference peer: groups as they are told, and the contracts behind them. @param contracts a broken peer has others */
export function supportOf(contracts: typeof CONTRACTS = CONTRACTS) {
  return peerOf(joined(['groups', SUPPORT], ['contracts', contracts]))
}

/** The reference peer. */
export const CUSTOMER_SUPPORT = supportOf()

/** What is told of a group that nobody has told of before is not understood. */
function known(doing: (told: Told, ask: Ask) => Told) {
  return (told: Told, ask: Ask): Done<Told> => {
    const ids = textsAt(ask.content, 'EndDeviceGroup/mRID')
    const failures: readonly Failure[] = ids.filter((it) => !told.has(it)).map(unknown)
    return failures.length > 0 ? { state: told, failures } : { state: doing(told, ask) }
  }
}

function withGroups(told: Told, { content }: Ask): Told {
  const groups = find(content, 'EndDeviceGroup').map(
    (it) => [textAt(it, 'mRID') ?? '', it] as const,
  )
  return new Map([...told, ...groups])
}

/** The groups, or of an elementOperation the members that are named. */
function withoutThem(told: Told, { content, isElement }: Ask): Told {
  const left = new Map(told)
  for (const it of find(content, 'EndDeviceGroup')) {
    const [mRID, out] = [textAt(it, 'mRID') ?? '', textsAt(it, 'EndDevices/mRID')]
    const group = told.get(mRID)
    left.delete(mRID)
    if (isElement && group !== undefined) left.set(mRID, withoutMembers(group, out))
  }
  return left
}

function withoutMembers(group: Node, out: readonly string[]): Node {
  const isOut = (it: Node) => it.name === 'EndDevices' && out.includes(textAt(it, 'mRID') ?? '')
  return { ...group, children: group.children.filter((it) => !isOut(it)) }
}
