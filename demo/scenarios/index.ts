// Every figure that is played, in the order of the report.

import type { Scenario } from '../scenario.ts'
import { WORK_REQUEST_SCENARIO } from './work-request.ts'

export const SCENARIOS: readonly Scenario[] = [WORK_REQUEST_SCENARIO]
