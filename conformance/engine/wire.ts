// What passed on the wire, octet by octet and in its order: the evidence that everything else refers to.

/** One message as it passed. */
export interface Passed {
  /** its file in the folder of the run: `wire/0001-DERG-1a-1-request.xml` */
  readonly file: string
  readonly scenario: string
  readonly step: string
  readonly direction: 'request' | 'reply'
  readonly from: string
  readonly to: string
  /** of HTTP; null where there is none */
  readonly status: number | null
  readonly contentType: string
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
      const name = `${it.scenario}-${it.step}`.replace(/[^A-Za-z0-9._-]+/g, '-')
      const added = { ...it, file: `wire/${number}-${name}-${it.direction}.xml` }
      passed.push(added)
      return added
    },
  }
}
