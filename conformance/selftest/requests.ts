// Requests that come otherwise than they may, as rows of the kill matrix: by another method, coded, too long.

import { gzipSync } from 'node:zlib'
import { CHECKS, asked } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { arrived } from '../transport/arrived.ts'
import type { Asked } from '../transport/listen.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'

const TEXT = Buffer.from('<RequestMessage/>')

interface Requested extends Partial<Omit<Asked, 'headers'>> {
  readonly coding?: string
  /** the statement says so */
  readonly isCompressing?: boolean
}

/** [what, how it comes, the requirement that has to say so; empty = it is right] */
const REQUESTS: readonly (readonly [string, Requested, string])[] = [
  ['by POST', {}, ''],
  ['who looks whether anybody listens', { method: 'GET', bytes: Buffer.of() }, ''],
  ['by PUT', { method: 'PUT' }, 'TRN-09'],
  ['by GET, with a message', { method: 'GET' }, 'TRN-09'],
  ['as it is, and says so', { coding: 'identity' }, ''],
  ['compressed', { coding: 'gzip', bytes: gzipSync(TEXT), isCompressing: true }, ''],
  ['in other letters', { coding: 'GZIP', bytes: gzipSync(TEXT), isCompressing: true }, ''],
  ['compressed, against the statement', { coding: 'gzip', bytes: gzipSync(TEXT) }, 'TRN-10'],
  ['compressed in words alone', { coding: 'gzip', isCompressing: true }, 'TRN-10'],
  ['compressed otherwise', { coding: 'br', isCompressing: true }, 'TRN-10'],
  ['longer than a message may be', { isTooLong: true }, 'XML-02'],
  [
    'longer than a message may be, once it is decoded',
    { coding: 'gzip', bytes: gzipSync(Buffer.alloc(17 * 2 ** 20)), isCompressing: true },
    'XML-02',
  ],
]

/** A row for each. */
export function requestRows(checks: Checks = CHECKS): readonly Row[] {
  return REQUESTS.map(([what, { coding, isCompressing = false, ...own }, due]) => {
    const headers = coding === undefined ? {} : { 'content-encoding': coding }
    const it = arrived({ method: 'POST', path: '/', bytes: TEXT, headers, ...own })
    const { observations, broken } = asked(checks.request, { ...it, isCompressing })
    const found = observations.map(({ requirement }) => requirement)
    const kind = due === '' ? 'no-op' : 'message'
    const all = broken === undefined ? found : [...found, 'harness-error']
    return exactly(kind, `a request: ${what}`, due === '' ? [] : [due], all)
  })
}
