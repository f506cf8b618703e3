// What is said about one document, and how it is asked for. Pure words: no engine, no schema.

import type { Aliases } from '../../envelope/aliases.ts'
import { LAYERS, hasErrors, isUndecided } from '../../envelope/finding.ts'
import type { Draft, Finding, Layer, Verdict } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import type { GenericOperation } from '../../envelope/soap.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { aboutAll, failureDraft, schemaDraft } from './failure.ts'

/** How a message is to be judged. */
export interface JudgeOptions {
  /** judge only these layers; limits, well-formedness and failures of the engine are always reported */
  readonly only?: readonly Layer[]
  /** warnings count as errors */
  readonly strict?: boolean
  /** ids of rules that are only warnings for this sender */
  readonly tolerate?: readonly string[]
  /** the verb under which a bare payload is meant; a message has its own */
  readonly verb?: string
  readonly aliases?: Aliases
  /** nothing but published namespaces is admitted */
  readonly officialOnly?: boolean
  readonly limits?: Limits
  /** also give the message as CIM-JSON when its layers up to payload-xsd hold */
  readonly json?: boolean
  /** as plain as what we write is, so that it is judged inline although it is long */
  readonly here?: boolean
}

/** What was found out about one document. */
export interface Judgement {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly noun: string | null
  readonly verb: string | null
  /** path of the schema that judged the payload, else the envelope */
  readonly schema: string | null
  /** name of the message's root, null when there is no document */
  readonly root: { readonly name: string; readonly ns: string } | null
  readonly messageID: string | null
  readonly correlationID: string | null
  readonly soap: SoapVersion | null
  /** the generic operation whose wrapper stands around the message in the SOAP Body */
  readonly wrapper?: GenericOperation
  /** present when asked for and possible */
  readonly json?: JsonObject
}

/** The facts of a document that could not be read. */
export const NOTHING_KNOWN = {
  noun: null,
  verb: null,
  schema: null,
  root: null,
  messageID: null,
  correlationID: null,
  soap: null,
} as const

/** No decision at all: a deadline, a memory cap, a fault of ours. */
export function undecided(reason: string): Judgement {
  return withoutDecision(failureDraft('limits', 0, reason))
}

/** The same where a schema is to blame. */
export function undecidedBySchema(reason: string): Judgement {
  return withoutDecision(schemaDraft('payload-xsd', 0, reason))
}

function withoutDecision(draft: Draft): Judgement {
  return { ...NOTHING_KNOWN, verdict: 'engine-error', findings: [aboutAll(draft)] }
}

/** True for what `only` lets through; whatever keeps a document from being judged is reported always. */
export function isWanted(
  { layer, rule }: Pick<Draft, 'layer' | 'rule'>,
  only?: readonly Layer[],
): boolean {
  return (
    only === undefined || only.includes(layer) || ALWAYS.includes(layer) || isUndecided({ rule })
  )
}

const ALWAYS: readonly Layer[] = ['limits', 'wellformed']

/** In the order of the layers; within a layer as found. */
export function byLayer(a: Draft, b: Draft): number {
  return LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer)
}

/** What the findings about a document with a known root amount to; the gravest first. */
export function verdictOf(findings: readonly Finding[], isKnown: boolean): Verdict {
  const errors = findings.filter((it) => it.severity === 'error')
  if (errors.some((it) => it.layer === 'limits' && !isUndecided(it))) return 'refused'
  if (errors.some(isUndecided)) return 'engine-error'
  if (!isKnown) return 'no-schema'
  return hasErrors(findings) ? 'invalid' : 'valid'
}

/** `convert` refuses only on the layers without which there is no faithful other form. */
export function convertible(findings: readonly Finding[]): boolean {
  return !findings.some((it) => it.severity === 'error' && CONVERT_LAYERS.includes(it.layer))
}

const CONVERT_LAYERS: readonly Layer[] = ['limits', 'wellformed', 'envelope-xsd', 'payload-xsd']
