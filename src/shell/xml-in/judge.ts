// One document judged from its bytes: limits, well-formedness, envelope XSD, envelope rules, payload XSD.
// Synchronous and complete; where and with which deadline it runs is decided in index.ts.

import type { Element } from '../../envelope/element.ts'
import { applyAliases } from '../../envelope/aliases.ts'
import type { Aliases } from '../../envelope/aliases.ts'
import { isMessageRoot, readEnvelope } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import { hasErrors, place, strict } from '../../envelope/finding.ts'
import type { Draft, Finding, Layer, Verdict } from '../../envelope/finding.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { judge as judgeRules } from '../../envelope/rules.ts'
import type { RuleContext } from '../../envelope/rule.ts'
import { locator } from '../../envelope/scan.ts'
import { soapBody } from '../../envelope/soap.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import { writeElement } from '../../envelope/write.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { messageToJson } from '../../schema/message-json.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { compressedFindings } from './compressed.ts'
import { validate } from './engine.ts'
import type { EngineError } from './engine.ts'
import { decode } from './guard.ts'
import { failureFinding, open } from './open.ts'
import type { Opened } from './open.ts'
import { envelopeSubjects, payloadSubjects, validateSubject } from './subjects.ts'
import type { Validators } from './subjects.ts'

/** How a message is to be judged. */
export interface JudgeOptions {
  /** judge only these layers; limits are always judged */
  readonly only?: readonly Layer[]
  /** warnings count as errors */
  readonly strict?: boolean
  /** ids of rules that are only warnings for this sender */
  readonly tolerate?: readonly string[]
  readonly aliases?: Aliases
  readonly limits?: Limits
  /** also give the message as CIM-JSON when its layers up to payload-xsd hold */
  readonly json?: boolean
}

/** What was found out about one document. */
export interface Judgement {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly noun: string | null
  readonly verb: string | null
  /** path of the schema that judged the payload, else the envelope */
  readonly schema: string | null
  /** local name of the message's root, null when there is no document */
  readonly root: { readonly name: string; readonly ns: string } | null
  readonly messageID: string | null
  readonly correlationID: string | null
  readonly soap: SoapVersion | null
  /** present when asked for and possible */
  readonly json?: JsonObject
}

/** Judges one document; never throws for what is in it. */
export function judgeDocument(
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions = {},
): Judgement {
  const limits = options.limits ?? LIMITS
  const opened = open(bytes, limits)
  if ('findings' in opened)
    return { ...NOTHING_KNOWN, verdict: opened.verdict, findings: opened.findings }
  try {
    return judgeOpened(aliased(opened, options.aliases, limits), bytes, schemas, validators, {
      ...options,
      limits,
    })
  } finally {
    opened.parsed.document.dispose()
  }
}

const NOTHING_KNOWN = {
  noun: null,
  verb: null,
  schema: null,
  root: null,
  messageID: null,
  correlationID: null,
  soap: null,
} as const

/** A document read by aliases is judged as if it had been written so; places stay those of the original. */
function aliased(opened: Opened, aliases: Aliases | undefined, limits: Limits): Opened {
  const { root, applied } =
    aliases === undefined ? { root: opened.root, applied: [] } : applyAliases(opened.root, aliases)
  if (applied.length === 0) return opened
  const again = open(Buffer.from(writeElement(root)), limits)
  if ('findings' in again) return opened
  return { ...again, notes: applied }
}

function judgeOpened(
  opened: Opened,
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions & { limits: Limits },
): Judgement {
  const soap = soapBody(opened.root)
  const message = soap === undefined ? opened.root : soap.message
  if (message === undefined)
    return noSchema(
      opened,
      opened.root,
      bytes,
      'an element in the SOAP Body',
      'an empty Body',
      options,
    )
  const view = readEnvelope(message)
  const wants = (layer: Layer) => options.only === undefined || options.only.includes(layer)
  const envelope = envelopeSubjects(view, schemas)
  const payload = payloadSubjects(view, schemas)
  const known = isMessageRoot(message) ? envelope[0] : payload[0]
  const drafts: Draft[] = []
  const failures: string[] = []
  const run = (subjects: typeof envelope) => {
    for (const it of subjects) {
      const result = validateSubject(it, opened, schemas, validators)
      if ('failure' in result) failures.push(result.failure)
      else drafts.push(...result.filter((draft) => wants(draft.layer)))
    }
  }
  if (wants('envelope-xsd') || wants('payload-xsd')) run([...envelope, ...payload])
  if (wants('envelope-rule')) drafts.push(...judgeRules(view, ruleContext(schemas, options)))
  if (wants('payload-xsd') || wants('payload-rule'))
    drafts.push(...compressedFindings(view, schemas, validators, options.limits))
  const findings = placed(drafts, opened, bytes, options)
  if (known === undefined && !isMessageRoot(message))
    return {
      ...noSchema(
        opened,
        message,
        bytes,
        'a root that a schema declares',
        `${message.name} in ${message.ns || 'no namespace'}`,
        options,
        findings,
      ),
    }
  const verdict: Verdict =
    failures.length > 0 ? 'engine-error' : hasErrors(findings) ? 'invalid' : 'valid'
  const all = [...findings, ...failures.map(failureFinding)]
  const base = {
    verdict,
    findings: all,
    ...facts(view, message, soap?.version ?? null),
    schema: (payload[0] ?? envelope[0])?.file?.path ?? null,
  }
  return options.json === true && convertible(all)
    ? {
        ...base,
        json: messageToJson(message, decode(bytes, opened.encoding), schemas, opened.root),
      }
    : base
}

/** `convert` refuses only on the layers without which there is no faithful other form. */
export function convertible(findings: readonly Finding[]): boolean {
  return !findings.some((it) => it.severity === 'error' && CONVERT_LAYERS.includes(it.layer))
}

const CONVERT_LAYERS: readonly Layer[] = ['limits', 'wellformed', 'envelope-xsd', 'payload-xsd']

function ruleContext(schemas: SchemaSet, options: JudgeOptions): RuleContext {
  const { catalogue } = schemas
  return {
    isNoun: catalogue.isNoun,
    suggestNoun: catalogue.suggestNoun,
    queries: catalogue.queried,
    hasSchema: (ns, name) => catalogue.select(ns, name) !== undefined,
    ...(options.tolerate === undefined ? {} : { tolerate: options.tolerate }),
  }
}

function placed(
  drafts: readonly Draft[],
  opened: Opened,
  bytes: Uint8Array,
  options: JudgeOptions,
): readonly Finding[] {
  const notes = opened.notes.map(aliasDraft)
  if (drafts.length === 0 && notes.length === 0) return []
  const order = [...notes, ...drafts].sort(
    (a, b) => LAYER_ORDER.indexOf(a.layer) - LAYER_ORDER.indexOf(b.layer),
  )
  const findings = place(order, opened.root, locator(decode(bytes, opened.encoding)))
  return options.strict === true ? strict(findings) : findings
}

const LAYER_ORDER: readonly Layer[] = [
  'limits',
  'wellformed',
  'envelope-xsd',
  'envelope-rule',
  'payload-xsd',
  'payload-rule',
  'business',
]

function aliasDraft(note: string): Draft {
  return {
    layer: 'envelope-rule',
    rule: 'ENV-ALIAS',
    severity: 'info',
    clause: '',
    at: 0,
    expected: 'edition 1 as published',
    found: note,
    message: `Read by an alias: ${note}.`,
    mend: 'Ask the sender to write edition 1; then take the alias out.',
  }
}

function facts(view: EnvelopeView, message: Element, soap: SoapVersion | null) {
  const isMessage = isMessageRoot(message) || view.header !== undefined
  return {
    noun: view.noun?.trim() ?? (isMessage ? null : message.name),
    verb: view.verb?.trim() ?? null,
    root: { name: message.name, ns: message.ns },
    messageID: view.messageID ?? null,
    correlationID: view.correlationID ?? null,
    soap,
  }
}

function noSchema(
  opened: Opened,
  message: Element,
  bytes: Uint8Array,
  expected: string,
  found: string,
  options: JudgeOptions,
  rules: readonly Finding[] = [],
): Judgement {
  const draft: Draft = {
    layer: 'payload-xsd',
    rule: 'cvc-elt.1',
    severity: 'error',
    clause: 'XML Schema 1.0 Part 1 §3.3.4',
    at: message.index,
    expected,
    found,
    message: `No schema declares the root ${message.name} in ${message.ns === '' ? 'no namespace' : message.ns}.`,
    mend: 'Check the namespace letter by letter, or give the schema with --xsd DIR.',
  }
  // A near-miss namespace has said it better already.
  const findings = rules.length > 0 ? rules : placed([draft], opened, bytes, options)
  const view = readEnvelope(message)
  return { verdict: 'no-schema', findings, ...facts(view, message, null), schema: null }
}

export type { EngineError, Validators }
export { validate }
