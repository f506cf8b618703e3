// What a configuration may ask of flows besides who sends what: policies, off by default, each declared by the flows that it is
// about. It is written in the flow that is named here.

/** By name: the flow in which it is written, and what it asks. */
export const POLICIES = {
  dissolveWhenEmpty: {
    flow: 'der-group-remove-members',
    about: 'A DER group whose last member is taken out is dissolved; by default it stays, empty.',
  },
  exclusiveMembership: {
    flow: 'der-group-form',
    about: 'A DER is a member of one group at a time; by default of as many as there are.',
  },
  incrementalFirst: {
    flow: 'network-location',
    about:
      'What has changed of network locations is taken also from a party that has not told all of them before; by default it is refused (NET-INIT).',
  },
  membersRequired: {
    flow: 'der-group-form',
    about:
      'A DER group that a party keeps is formed of members, unless a capability is required of it; by default the party decides.',
  },
  allowInProgressCancel: {
    flow: 'program-event',
    about: 'A stage that has begun may be cancelled; by default it runs to its end.',
  },
  moveReservations: {
    flow: 'program-subscription',
    about:
      'What is reserved for a device that is replaced is reserved for the one that comes in its place; by default it is released.',
  },
  releaseReservations: {
    flow: 'device-unavailability',
    about:
      'What is reserved at a time in which a device is not to be called is released; by default it is listed, and stays.',
  },
} as const

/** The name of one of them; public. */
export type PolicyName = keyof typeof POLICIES

/** All of them, in the order in which they are documented. */
export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[]
