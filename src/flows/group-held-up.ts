// What is said of a request about a group whose contracts have been changed in part only: whoever keeps them has refused the
// rest, and as long as that stands neither the group nor its DERMS hears of the request (GF-03, GD-03; EPRI 3002014619 §5).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { TO_RELEASE, TO_UPDATE, contractRefers, releasing, updating } from './group-contracts.ts'
import type { Finished } from './next.ts'
import { labelOf } from './notice.ts'
import type { Standing } from './standing-alarm.ts'

/** By the states in which a request waits for them. */
export const CONTRACTS_LEFT: Readonly<Record<string, Standing>> = {
  [TO_UPDATE]: left(updating, 'do not name the group yet'),
  [TO_RELEASE]: left(releasing, 'still name the group'),
}

/** agreements that are named one by one */
const MOST_NAMED = 20

function left(of: (request: JsonObject, find: Find) => Finished, what: string): Standing {
  return {
    isOfHeldUp: true,
    refers: contractRefers,
    said: (request, find) => {
      const rest = of(request, find)
      const group = labelOf(member(request, 'EndDeviceGroup'))
      const about = `Of the contracts of the group ${group} (request ${labelOf(request)}) a part only was changed`
      return {
        reason: `${about}; ${'missing' in rest ? rest.missing : `agreements that ${what}: ${namesOf(rest)}.`}`,
        mend: 'See in the reply to this message what was refused, and mend it where the contracts are kept; then send the message again, POST /api/v1/messages/{message}:resend, or change these CustomerAgreements in another way: the request goes on by itself.',
      }
    },
  }
}

type Find = Parameters<Standing['said']>[1]

function namesOf(all: readonly JsonObject[]): string {
  const names = all.slice(0, MOST_NAMED).map(labelOf).join(', ')
  return all.length > MOST_NAMED ? `${names} and ${all.length - MOST_NAMED} more` : names
}
