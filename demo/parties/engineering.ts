// Engineering: judges connections together with Operations, and has its say before work starts.

import type { Party } from '../party.ts'
import { inState } from './status.ts'
import { withStatus } from './work.ts'

export const ENGINEERING: Party = {
  id: 'dso-eng',
  name: 'Engineering',
  speaks: 'json',
  does: [
    {
      on: 'create InterconnectionReviews',
      then: (it) => [
        {
          verb: 'execute',
          noun: 'InterconnectionReviews',
          objects: [inState(it, 'modelling')],
          later: true,
        },
      ],
    },
    {
      on: 'reply InterconnectionReviews',
      when: (it) => it['modellingResult'] !== undefined,
      then: (it, memory) => {
        const whole = { ...memory.find('InterconnectionReviews', it['mRID']), ...it }
        const { status: _before, ...modelled } = whole
        const decided = {
          ...modelled,
          approver: 'Engineering',
          decidedDateTime: new Date().toISOString(),
          decision: 'approved',
        }
        return [modelled, decided].map((object) => ({
          verb: 'changed',
          noun: 'InterconnectionReviews',
          objects: [object],
        }))
      },
    },
    {
      on: 'create WorkRequests',
      then: (it) => [
        { verb: 'changed', noun: 'WorkRequests', objects: [withStatus(it, 'approved')] },
        { verb: 'create', noun: 'WorkRequests', objects: [withStatus(it, 'approved')] },
      ],
    },
  ],
}
