// The operations log: JSON lines on standard error. The only file that knows pino. No payload is ever logged.

import { pino } from 'pino'
import type { Log } from '../gateway/ports.ts'

/** @param level trace, debug, info, warn, error or silent */
export function openLog(level = 'info'): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
}
