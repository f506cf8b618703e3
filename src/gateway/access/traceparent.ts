// The trace context of W3C: a request that has one keeps its trace over all legs, one that has none begins a trace.

import type { NewId } from '../ports.ts'

const HEADER = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const ZEROS = /^0+$/

interface Trace {
  readonly trace: string
  readonly flags: string
}

/**
 * What is wrong is passed over as if it were absent, as the recommendation asks.
 * @see Trace Context 3.2: version `ff` is none, version `00` has nothing behind the flags, ids of zeros are none
 */
export function traceIn(header: string | undefined): Trace | undefined {
  const [, version = '', trace = '', parent = '', flags = '', rest] =
    HEADER.exec(header?.trim() ?? '') ?? []
  if (version === '' || version === 'ff' || (version === '00' && rest !== undefined))
    return undefined
  return ZEROS.test(trace) || ZEROS.test(parent) ? undefined : { trace, flags }
}

/** The traceparent of our own part of what a request belongs to: its trace, our parent-id. */
export function traceparentOf(header: string | undefined, newId: NewId): string {
  const { trace, flags } = traceIn(header) ?? { trace: hex(newId()), flags: '00' }
  // Of a later version only what version 00 has is known (3.2.4); `sampled` is the only flag that it has.
  const sampled = (Number.parseInt(flags, 16) & 1).toString(16).padStart(2, '0')
  return `00-${trace}-${hex(newId()).slice(0, 16)}-${sampled}`
}

function hex(id: string): string {
  return id.replaceAll('-', '').toLowerCase()
}
