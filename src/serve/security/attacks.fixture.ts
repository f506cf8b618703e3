// For tests only: every attack of design/reliability.md §3 that `npm run test:security` makes. One row each.

import type { Attack } from './attack.fixture.ts'
import { HOSTILE_XML } from './hostile-xml.fixture.ts'

export const ATTACKS: readonly Attack[] = [HOSTILE_XML]
