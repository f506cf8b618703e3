// What passed on the wire, octet by octet and in its order: the evidence that everything else refers to.

import type { PassedAs } from '../results-shape.ts'

/** One message as it passed; its file is `wire/0001-DERG-1a-1-request.xml`, of JSON `….json`. */
export interface Passed extends PassedAs {
  readonly bytes: Uint8Array
}

/** Takes down what passes. */
export interface Wire {
  readonly passed: readonly Passed[]
  readonly add: (it: Omit<Passed, 'file'>) => Passed
}

/** An empty one. */
export function openWire(): Wire {
  const passed: Passed[] = []
  return {
    passed,
    add: (it) => {
      const number = String(passed.length + 1).padStart(4, '0')
      const step = it.step === it.direction ? '' : `-${it.step}`
      const name = `${it.scenario}${step}`.replace(/[^A-Za-z0-9._-]+/g, '-')
      const isBare = it.contentType === '' && it.asked !== undefined
      const kind = isBare || /\bjson\b/i.test(it.contentType) ? 'json' : 'xml'
      const added = { ...it, file: `wire/${number}-${name}-${it.direction}.${kind}` }
      passed.push(added)
      return added
    },
  }
}
