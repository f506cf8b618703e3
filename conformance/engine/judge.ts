// Judges one message as it came, layer by layer. Parser and schemas are those of cimgate; what stands where is searched in
// a tree of the suite's own.

import type { Cimgate, Finding as Found } from '../../src/index.ts'
import type { Observation } from '../finding.ts'
import type { Layer } from '../layer.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'

/** A message with what is wrong in it. */
export interface Judged {
  readonly bytes: Uint8Array
  /** the message itself, also inside a SOAP envelope; undefined where it cannot be read */
  readonly root: Node | undefined
  readonly observations: readonly Observation[]
  /** the engine could not decide: nothing that the sender has to answer for */
  readonly undecided: string | undefined
}

/** [layer, requirement] of each layer of cimgate's findings; the rules of L3 and L5 are requirements by themselves. */
const PLACES: Readonly<Record<Found['layer'], readonly [Layer, string | undefined]>> = {
  limits: ['L1', 'XML-02'],
  wellformed: ['L1', 'XML-01'],
  'envelope-xsd': ['L2', 'MSG-01'],
  'envelope-rule': ['L3', undefined],
  'payload-xsd': ['L4', 'PAY-01'],
  'payload-rule': ['L5', undefined],
  business: ['L5', undefined],
}

/** Judges the bytes of a message: L1 to L5. */
export async function judged(bytes: Uint8Array, cimgate: Cimgate): Promise<Judged> {
  const { verdict, findings } = await cimgate.validate(bytes)
  const undecided =
    verdict === 'engine-error' ? findings.map((it) => it.message).join(' ') : undefined
  const readable = verdict !== 'refused' && verdict !== 'not-well-formed'
  const root = readable ? messageIn(readXml(bytes)) : undefined
  return {
    bytes,
    root,
    observations: undecided === undefined ? findings.map(observationOf) : [],
    undecided,
  }
}

/** What stands in the Body of SOAP, past the wrapper of a generic operation. */
function messageIn(root: Node | undefined): Node | undefined {
  if (root?.name !== 'Envelope') return root
  const inside = root.children.find((it) => it.name === 'Body')?.children[0]
  const wrapped = inside?.children.find((it) => it.name.endsWith('Message'))
  return inside?.children.some((it) => it.name === 'Header') === false && wrapped !== undefined
    ? wrapped
    : inside
}

function observationOf(it: Found): Observation {
  const [layer, requirement = it.rule] = PLACES[it.layer]
  const { rule: check, expected, found: got, message, mend, path, line, column } = it
  return { requirement, check, layer, expected, got, message, mend, path, line, column }
}
