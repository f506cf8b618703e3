// The states of a message on one leg of its way, received or sent. What is delivered is another
// question than what is valid or accepted.

import type { Lifecycle } from './lifecycle.ts'

const SOURCE = 'gateway §3'

/** A message that has been received or is to be sent. */
export const MESSAGE = {
  id: 'SM-MSG',
  about: 'a message received or sent, until it is answered, parked or too late',
  terminal: ['REJECTED', 'ACKED', 'PARTIAL', 'EXPIRED', 'CANCELED', 'CLOSED'],
  steps: [
    { from: '', trigger: 'receive', to: 'RECEIVED', source: SOURCE },
    { from: 'RECEIVED', trigger: 'reject', to: 'REJECTED', source: SOURCE },
    { from: 'RECEIVED', trigger: 'hold', to: 'HELD', source: SOURCE },
    { from: 'RECEIVED', trigger: 'accept', to: 'ACCEPTED', source: SOURCE },
    { from: 'HELD', trigger: 'accept', to: 'ACCEPTED', source: SOURCE },
    // What is answered from here needs no other leg.
    { from: 'ACCEPTED', trigger: 'acknowledge', to: 'ACKED', source: SOURCE },
    { from: 'ACCEPTED', trigger: 'acknowledge-partly', to: 'PARTIAL', source: SOURCE },
    // Refused by the party that was asked.
    { from: 'ACCEPTED', trigger: 'reject', to: 'REJECTED', source: SOURCE },
    { from: 'ACCEPTED', trigger: 'park', to: 'PARKED', source: SOURCE },
    { from: 'ACCEPTED', trigger: 'expire', to: 'EXPIRED', source: SOURCE },
    { from: '', trigger: 'queue', to: 'QUEUED', source: SOURCE },
    { from: 'HELD', trigger: 'queue', to: 'QUEUED', source: SOURCE },
    { from: 'QUEUED', trigger: 'send', to: 'SENDING', source: SOURCE },
    { from: 'FAILED', trigger: 'send', to: 'SENDING', source: SOURCE },
    { from: 'SENDING', trigger: 'sent', to: 'SENT', source: SOURCE },
    { from: 'SENDING', trigger: 'acknowledge', to: 'ACKED', source: SOURCE },
    { from: 'SENDING', trigger: 'acknowledge-partly', to: 'PARTIAL', source: SOURCE },
    { from: 'SENDING', trigger: 'fail', to: 'FAILED', source: SOURCE },
    { from: 'SENDING', trigger: 'park', to: 'PARKED', source: SOURCE },
    { from: 'SENT', trigger: 'acknowledge', to: 'ACKED', source: SOURCE },
    { from: 'SENT', trigger: 'acknowledge-partly', to: 'PARTIAL', source: SOURCE },
    { from: 'SENT', trigger: 'fail', to: 'FAILED', source: SOURCE },
    { from: 'SENT', trigger: 'park', to: 'PARKED', source: SOURCE },
    { from: 'FAILED', trigger: 'park', to: 'PARKED', source: SOURCE },
    { from: 'QUEUED', trigger: 'park', to: 'PARKED', source: SOURCE },
    ...['HELD', 'QUEUED', 'SENT', 'FAILED'].map((from) => ({
      from,
      trigger: 'expire',
      to: 'EXPIRED',
      source: SOURCE,
    })),
    { from: 'HELD', trigger: 'cancel', to: 'CANCELED', source: SOURCE },
    { from: 'QUEUED', trigger: 'cancel', to: 'CANCELED', source: SOURCE },
    // What the gateway itself would have sent next, and is not due any more.
    { from: 'SENDING', trigger: 'lapse', to: 'CANCELED', source: SOURCE },
    // What is parked is given another try, or put aside, by a person alone.
    { from: 'PARKED', trigger: 'redrive', to: 'QUEUED', source: SOURCE },
    { from: 'FAILED', trigger: 'redrive', to: 'QUEUED', source: SOURCE },
    { from: 'PARKED', trigger: 'close', to: 'CLOSED', source: SOURCE },
    { from: 'FAILED', trigger: 'close', to: 'CLOSED', source: SOURCE },
    { from: 'SENT', trigger: 'close', to: 'CLOSED', source: SOURCE },
    // Received once more, it has a leg of its own.
    { from: 'HELD', trigger: 'close', to: 'CLOSED', source: SOURCE },
    // A reply may come while the try that it answers is still being noted, or after one that seemed to have failed.
    { from: 'FAILED', trigger: 'acknowledge', to: 'ACKED', source: SOURCE },
    { from: 'FAILED', trigger: 'acknowledge-partly', to: 'PARTIAL', source: SOURCE },
    // The same when a person has given it another turn that is still to come.
    { from: 'QUEUED', trigger: 'acknowledge', to: 'ACKED', source: SOURCE },
    { from: 'QUEUED', trigger: 'acknowledge-partly', to: 'PARTIAL', source: SOURCE },
  ],
} as const satisfies Lifecycle
