// The reply to a message that the tester has sent as the party of CIM.

import { CHECKS, asked, together } from '../../checks/checks.ts'
import { find, textAt } from '../../find.ts'
import { readXml } from '../../xml.ts'
import type { Called, Translating, Where } from './call.ts'
import type { Seen } from '../seen.ts'

/** Judged as replies are, L0 to L6; whether it was done, and the id that the object has got. */
export async function replySeen(
  { step }: Where,
  { said, file }: Called,
  sent: { readonly xml: Uint8Array; readonly messageID: string },
  { judge }: Translating,
): Promise<{ readonly seen: Seen; readonly isOk: boolean; readonly assigned: string | undefined }> {
  const heard =
    said.kind === 'answered' && said.bytes.length > 0 ? await judge(said.bytes) : undefined
  const root = heard?.root
  const exchange = {
    ...{ request: readXml(sent.xml), reply: root, seen: new Set<string>() },
    ...{ messageID: sent.messageID, correlationID: sent.messageID },
  }
  const { observations, broken } = together([
    asked(CHECKS.transport, said),
    { observations: heard?.observations ?? [] },
    ...(root === undefined ? [] : [asked(CHECKS.exchange, exchange)]),
  ])
  const isOk = textAt(root, 'Reply/Result') === 'OK'
  const code = find(root, 'Reply/Error/code')[0]?.text ?? 'no code'
  const open = isOk || root === undefined ? {} : { open: `the message is refused with ${code}` }
  const undecided = heard?.undecided ?? broken
  const own = { step, notRun: undefined, isAsExpected: isOk, observations, undecided, reply: file }
  return { seen: { ...own, ...open }, isOk, assigned: textAt(root, 'Reply/ID') }
}
