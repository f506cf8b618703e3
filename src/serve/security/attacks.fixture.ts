// For tests only: every attack that `npm run test:security` makes, one row each.

import type { Attack } from './attack.fixture.ts'
import { COMPRESSED } from './compressed.fixture.ts'
import { FOREIGN_SCHEMAS } from './foreign-schemas.fixture.ts'
import { FUZZ } from './fuzz.fixture.ts'
import { HOSTILE_XML } from './hostile-xml.fixture.ts'
import { REPLAYS } from './replays.fixture.ts'
import { HTTP_EDGE } from './http-edge.fixture.ts'
import { REPLY_ADDRESSES } from './reply-addresses.fixture.ts'
import { TAMPERINGS } from './tamperings.fixture.ts'
import { TOKENS } from './tokens.fixture.ts'
import { ROUND_TRIP } from './round-trip.fixture.ts'
import { WEBSOCKET } from './websocket.fixture.ts'

export const ATTACKS: readonly Attack[] = [
  HTTP_EDGE,
  WEBSOCKET,
  HOSTILE_XML,
  FUZZ,
  COMPRESSED,
  ROUND_TRIP,
  FOREIGN_SCHEMAS,
  REPLY_ADDRESSES,
  REPLAYS,
  TAMPERINGS,
  TOKENS,
]
