// Operations: models the network together with Engineering.

import type { Party } from '../party.ts'

export const OPERATIONS: Party = {
  id: 'dso-ops',
  name: 'Operations',
  speaks: 'xml',
  does: [
    {
      on: 'execute InterconnectionReviews',
      answers: (_memory, reviews) =>
        reviews.map(({ status: _asked, ...review }) => ({
          ...review,
          modellingResult: { canAccommodate: true, modelVersion: '2026-11-29' },
        })),
    },
  ],
}
