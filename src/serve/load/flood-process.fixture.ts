// The load generator as a process of its own: its plan is its only argument, what came of it its only output.

import { flood } from './flood.fixture.ts'
import type { FloodPlan } from './flood.fixture.ts'

const plan = JSON.parse(process.argv[2] ?? '{}') as FloodPlan
process.stdout.write(JSON.stringify(await flood(plan)))
