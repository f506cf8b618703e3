// Judges one message as it came, layer by layer. Parser and schemas are those of cimgate; what stands where is searched in
// a tree of the suite's own.

import type { Cimgate, Finding as Found } from '../../src/index.ts'
import { find } from '../find.ts'
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

type Judgement = Awaited<ReturnType<Cimgate['validate']>>

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
  const { verdict, findings, failure } = await validated(bytes, cimgate)
  const undecided =
    verdict === 'engine-error' ? (failure ?? findings.map((it) => it.message).join(' ')) : undefined
  const readable = verdict !== 'refused' && verdict !== 'not-well-formed'
  const inside = readable ? messageIn(readXml(bytes)) : undefined
  const isSoapFault = inside?.name === 'Fault'
  // A fault of SOAP is no message: what it holds for the application is the FaultMessage in its detail.
  const root = (isSoapFault ? find(inside, '**/*').find(isFaultMessage) : undefined) ?? inside
  const decided = undecided === undefined ? saidOnce(findings.map(observationOf)) : []
  return {
    bytes,
    root,
    observations: isSoapFault ? decided.filter((it) => it.layer === 'L1') : decided,
    undecided,
  }
}

/** Where the engine fails by itself nothing of it is the sender's. */
async function validated(
  bytes: Uint8Array,
  cimgate: Cimgate,
): Promise<Pick<Judgement, 'verdict' | 'findings'> & { readonly failure?: string }> {
  try {
    return await cimgate.validate(bytes)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const failure = `The message could not be judged: ${why}`
    return { verdict: 'engine-error', findings: [], failure }
  }
}

/** What the schema of messages says of xpath is what RPL-03 is about, which says how to mend it. */
function saidOnce(observations: readonly Observation[]): readonly Observation[] {
  const paths = observations.filter((it) => it.requirement === 'RPL-03').map((it) => it.path)
  return observations.filter((it) => it.requirement !== 'MSG-01' || !paths.includes(it.path))
}

function isFaultMessage({ name }: Node): boolean {
  return name.endsWith('FaultMessage')
}

/**
 * What stands in the Body of SOAP, past the wrapper of a generic operation. There a message is an element `message`: it is
 * called after its kind, as it would be outside.
 */
export function messageIn(root: Node | undefined): Node | undefined {
  if (root?.name !== 'Envelope') return root
  const inside = root.children.find((it) => it.name === 'Body')?.children[0]
  const wrapped = inside?.children.find((it) => /^message$|Message$/.test(it.name))
  if (inside === undefined || wrapped === undefined) return inside
  if (inside.children.some((it) => it.name === 'Header')) return inside
  return wrapped.name === 'message' ? { ...wrapped, name: kindOf(wrapped) } : wrapped
}

function kindOf({ children }: Node): string {
  if (children.some((it) => it.name === 'Reply')) return 'ResponseMessage'
  const verb = children[0]?.children.find((it) => it.name === 'Verb')?.text ?? ''
  return verb.endsWith('ed') ? 'EventMessage' : 'RequestMessage'
}

function observationOf(it: Found): Observation {
  const [layer, requirement = it.rule] = PLACES[it.layer]
  const { rule: check, expected, found: got, message, mend, path, line, column } = it
  return { requirement, check, layer, expected, got, message, mend, path, line, column }
}
