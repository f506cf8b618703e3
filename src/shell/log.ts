// The operations log: JSON lines on standard error. The only file that knows pino. No payload is ever logged; and of errors, which
// others write, only what is no part of one: what stands in quotation marks may be a name, an address or a key.

import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import type { Log } from '../gateway/ports.ts'

/** Names of fields that hold what proves somebody, whoever logs them. */
const SECRET = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', 'x-api-key']

/** @param level trace, debug, info, warn, error or silent @param to by default standard error */
export function openLog(level = 'info', to?: DestinationStream): Log {
  const paths = SECRET.flatMap((it) => [`["${it}"]`, `*["${it}"]`, `*.*["${it}"]`])
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: shown, error: shown },
      redact: { paths, censor: HIDDEN },
    },
    to ?? pino.destination({ fd: 2, sync: true }),
  )
}

const HIDDEN = '[hidden]'

/** causes of causes that are shown */
const DEEPEST = 4
/** characters of a message, and frames of a stack */
const LONGEST = 500
const FRAMES = 12

/**
 * What an error says of itself, by a list of what may be shown: drivers and engines write statements with their values, rows and
 * documents into theirs.
 */
function shown(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? unquoted(error) : typeof error
  const { name, message, cause, stack = '' } = error
  const { code, written } = error as { readonly code?: unknown; readonly written?: unknown }
  return {
    type: name,
    message: unquoted(message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof written === 'string' ? { written } : {}),
    stack: stack.split('\n').filter(isFrame).slice(0, FRAMES).join('\n'),
    ...(cause === undefined || depth >= DEEPEST ? {} : { cause: shown(cause, depth + 1) }),
  }
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}

/** Without what stands in quotation marks or angle brackets, or behind an equals sign in brackets. */
function unquoted(text: string): string {
  return text
    .slice(0, LONGEST)
    .replaceAll(/"[^"]*("|$)|'[^']{2,}'|`[^`]*(`|$)|<[^>]*(>|$)|=\([^)]*(\)|$)/g, '…')
}
