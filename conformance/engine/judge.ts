// Judges one message as it came, layer by layer. Parser and schemas are those of cimgate; what stands where is searched in
// a tree of the suite's own.

import type { Cimgate, Finding as Found } from '../../src/index.ts'
import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import type { Layer } from '../layer.ts'
import { faultMessageIn, readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { whyOf } from '../why.ts'

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
  const document = readable ? readXml(bytes) : undefined
  const inside = messageIn(document)
  const observations = undecided === undefined ? saidOnce(findings.map(observationOf)) : []
  // What cimgate takes besides XML is no message on this wire.
  if (readable && document === undefined && undecided === undefined)
    return { bytes, root: undefined, observations: [NO_XML], undecided }
  if (inside?.name === 'Fault' && undecided === undefined) return inFault(bytes, inside, cimgate)
  const strange = inside === undefined || isMessage(inside) ? [] : [notAMessage(inside)]
  const known = observations.some((it) => it.requirement === 'ENV-01') ? [] : strange
  return { bytes, root: inside, observations: [...known, ...observations], undecided }
}

/** Where the engine fails by itself nothing of it is the sender's. */
async function validated(
  bytes: Uint8Array,
  cimgate: Cimgate,
): Promise<Pick<Judgement, 'verdict' | 'findings'> & { readonly failure?: string }> {
  try {
    return await cimgate.validate(bytes)
  } catch (error) {
    const why = whyOf(error)
    const failure = `The message could not be judged: ${why}`
    return { verdict: 'engine-error', findings: [], failure }
  }
}

const NO_XML = observed('XML-01', 'L1', {
  expected: 'a document of XML',
  got: 'something else',
  message: 'This is no XML.',
})

/** Something of Header and Reply is in every message, whatever else may be wrong with it. */
function isMessage({ children }: Node): boolean {
  return children.some((it) => it.name === 'Header' || it.name === 'Reply')
}

/** Such as the payload alone, which cimgate takes on its own interface. */
function notAMessage({ name }: Node): Observation {
  const [expected, message] = ['a message', `${name} is no message.`]
  return observed('ENV-01', 'L3', { expected, got: name, message, path: `/${name}` })
}

/** A fault of SOAP is no message: what it holds for the application is the FaultMessage in its detail, which is judged. */
async function inFault(bytes: Uint8Array, fault: Node, cimgate: Cimgate): Promise<Judged> {
  const message = faultMessageIn(bytes)
  if (message === undefined) return { bytes, root: fault, observations: [], undecided: undefined }
  return { ...(await judged(new TextEncoder().encode(message), cimgate)), bytes }
}

/** The schema of messages says of an xpath what RPL-03 says with how to mend it. */
function saidOnce(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(
    (it, at) =>
      it.requirement !== 'RPL-03' ||
      observations.findIndex((one) => one.requirement === 'RPL-03' && one.path === it.path) === at,
  )
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

/** What the rules of cimgate call by another name, or put into another layer, than the register; the first that fits. */
const OTHERWISE: readonly (readonly [fits: (it: Found) => boolean, readonly [Layer, string]])[] = [
  // Octets that are not of the encoding that they declare.
  [({ rule }) => rule === 'SEC-ENCODING', ['L1', 'XML-01']],
  // A root that no schema declares is no message, whatever else it may be.
  [({ rule }) => rule === 'cvc-elt.1', ['L3', 'ENV-01']],
  // What is wrong with the document inside is wrong with a payload, and not with the message around it.
  [({ layer, path }) => layer === 'wellformed' && path.endsWith('/Compressed'), ['L3', 'PAY-04']],
  [
    ({ layer, path }) => layer === 'envelope-xsd' && path.endsWith('/Error/xpath'),
    ['L3', 'RPL-03'],
  ],
  // A set that is named after its content: practice differs, and the rule is lenient.
  [({ rule, severity }) => rule === 'NOU-01' && severity === 'warning', ['L3', 'OPS-05']],
]

function observationOf(it: Found): Observation {
  const place = OTHERWISE.find(([fits]) => fits(it))?.[1]
  const [layer, requirement = it.rule] = place ?? PLACES[it.layer]
  const { rule: check, expected, found: got, message, mend, path, line, column } = it
  return { requirement, check, layer, expected, got, message, mend, path, line, column }
}
