// Why a profile has nothing for a role: what a working group is told in place of a case.

import type { ProfileName, Role } from '../shapes.ts'

type Reasons = Readonly<Record<ProfileName, Readonly<Partial<Record<Role, string>>>>>

const CUSTOMER =
  'a customer, or its portal, speaks none of the messages that the standard binds; a product in its place is judged message by message in mode pair'
const HEARS =
  'what it takes are events and drafts of the scenarios, which no binding of the standard lets a tester send by itself: its answers are judged in L1 to L6 in mode pair, what it sends in mode server'
const SENDS = 'it asks and takes no requests: what it sends is judged in mode server'
const PROGRAMMES =
  "the messages of programmes are drafts between a system of programmes and its DERMS, and EPRI's figures have a role for neither: such a product is tested as GW"

/** Asked where no case of the mode tests the role. */
const REASONS: Reasons = {
  'C-ENV': { CUST: CUSTOMER, ENG: HEARS, OPS: HEARS, DCS: HEARS, AGG: SENDS },
  'C-CUST': { CUST: CUSTOMER, ENG: HEARS, OPS: HEARS, DCS: HEARS, AGG: SENDS },
  'C-GRP': { CUST: CUSTOMER, OPS: HEARS, DCS: HEARS, AGG: SENDS },
  'C-DR': {
    ...{ CUST: CUSTOMER, CIS: PROGRAMMES, ENG: PROGRAMMES, OPS: PROGRAMMES, WMS: PROGRAMMES },
    ...{ DCS: PROGRAMMES, DOP: PROGRAMMES, AGG: PROGRAMMES },
  },
}

/** One sentence; where the profile is not about what the role does, that. */
export function reasonFor(profile: ProfileName, role: Role): string {
  return REASONS[profile][role] ?? 'no case of the profile is about what it does in this mode'
}
