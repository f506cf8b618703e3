// One document judged from its bytes: limits, well-formedness, envelope XSD, envelope rules, payload XSD.
// Synchronous and complete; where and with which deadline it runs is decided in index.ts.

import type { Element } from '../../envelope/element.ts'
import { CimError } from '../../envelope/errors.ts'
import { isMessageRoot, readEnvelope } from '../../envelope/envelope.ts'
import type { EnvelopeView } from '../../envelope/envelope.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { partOf } from '../../envelope/parts.ts'
import { judge as judgeRules } from '../../envelope/rules.ts'
import type { RuleContext } from '../../envelope/rule.ts'
import { soapBody } from '../../envelope/soap.ts'
import { verbAdvice } from '../../envelope/verbs.ts'
import { messageToJson } from '../../schema/message-json.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { openAs } from './aliased.ts'
import { compressedFindings } from './compressed.ts'
import type { InnerOptions } from './compressed.ts'
import {
  NOTHING_KNOWN,
  convertible,
  isWanted,
  undecided,
  undecidedBySchema,
  verdictOf,
} from './judgement.ts'
import type { JudgeOptions, Judgement } from './judgement.ts'
import { emptyBodyDraft, misplacedDraft, noSchemaDraft } from './no-schema.ts'
import type { Opened } from './open.ts'
import { placed } from './placed.ts'
import { openPlain, plainLayers, unlessUnsure } from './plain.ts'
import type { Judged } from './plain.ts'
import { envelopeSubjects, namespacesIn, payloadSubjects } from './subjects.ts'
import type { Subject } from './subjects.ts'
import { validateSubject } from './validate-subject.ts'
import { Elsewhere } from './validators.ts'
import type { Validators } from './validators.ts'

/**
 * Judges one document; never throws for what is in it.
 * @throws {Elsewhere} when it takes a schema that these validators must not compile
 */
export function judgeDocument(
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions = {},
): Judgement {
  return (
    judgeQuickly(bytes, schemas, validators, options) ??
    judgeByEngine(bytes, schemas, validators, options)
  )
}

/** As `judgePlain`; what goes wrong in it is no reason to leave a message unjudged. */
export function judgeQuickly(...all: Parameters<typeof judgePlain>): ReturnType<typeof judgePlain> {
  try {
    return judgePlain(...all)
  } catch (error) {
    if (error instanceof Elsewhere) throw error
    return undefined
  }
}

/** The same without libxml2; undefined where it has to be asked. */
export function judgePlain(
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions = {},
): Judgement | undefined {
  const opened = openPlain(bytes, options)
  if (opened === undefined) return undefined
  const layers = plainLayers(opened, schemas, validators)
  try {
    return unlessUnsure(() => judgeOpened({ opened, schemas, options, ...layers }))
  } finally {
    opened.document.release()
  }
}

/** The same by libxml2, which is asked about whatever is not plain or not sure. */
export function judgeByEngine(
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions = {},
): Judgement {
  const opened = openAs(bytes, options.limits ?? LIMITS, options.aliases)
  if ('findings' in opened) return { ...NOTHING_KNOWN, ...opened }
  try {
    const validate = (it: Subject) => validateSubject(it, opened, schemas, validators)
    const compressed = (view: EnvelopeView, how: InnerOptions) =>
      compressedFindings(view, { schemas, validators, ...how })
    return judgeOpened({ opened, schemas, options, validate, compressed })
  } catch (error) {
    if (error instanceof Elsewhere) throw error
    // A foreign schema that the engine takes may still be more than the diagnosis or the codec can follow.
    return error instanceof CimError && error.code === 'unusable-schema'
      ? undecidedBySchema(error.message)
      : undecided(error instanceof Error ? error.message : String(error))
  } finally {
    opened.dispose()
  }
}

/** Everything that a judgement depends on. */
interface Case extends Judged {
  readonly opened: Pick<Opened, 'root' | 'text' | 'notes' | 'sent'>
  readonly schemas: SchemaSet
  readonly options: JudgeOptions
}

function judgeOpened(it: Case): Judgement {
  const soap = soapBody(it.opened.root)
  const message = soap === undefined ? it.opened.root : soap.message
  const judgement =
    soap?.misplaced !== undefined
      ? judgeAsNothing(misplacedDraft(soap.misplaced), it)
      : message === undefined
        ? judgeAsNothing(emptyBodyDraft(it.opened.root), it)
        : judgeMessage(message, it)
  if (soap === undefined) return judgement
  const { version, wrapper } = soap
  return { ...judgement, soap: version, ...(wrapper === undefined ? {} : { wrapper }) }
}

function judgeAsNothing(draft: Draft, { opened, options }: Case): Judgement {
  const findings = placed([draft], opened, options)
  return { ...NOTHING_KNOWN, verdict: verdictOf(findings, false), findings }
}

function judgeMessage(message: Element, it: Case): Judgement {
  const { opened, schemas, options } = it
  const view = readEnvelope(message)
  const envelope = envelopeSubjects(view, schemas)
  const payload = payloadSubjects(view, schemas, options.verb)
  const isKnown = (isMessageRoot(message) ? envelope : payload).length > 0
  const drafts = draftsOf(view, [...envelope, ...payload], it)
  // A namespace that is mistaken for the envelope's has been explained better by its rule.
  const isExplained = isKnown || drafts.some(({ rule }) => rule === 'ENV-01')
  const findings = placed(
    isExplained ? drafts : [...drafts, noSchemaDraft(message, namespacesIn(schemas))],
    opened,
    options,
  )
  const judgement: Judgement = {
    verdict: verdictOf(findings, isKnown),
    findings,
    ...factsOf(view),
    schema: (payload[0] ?? envelope[0])?.file.path ?? null,
  }
  if (options.json !== true || !isKnown || !convertible(findings)) return judgement
  return {
    ...judgement,
    json: messageToJson(message, opened.text, schemas, opened.root, options.verb),
  }
}

/** What every wanted layer finds. Most messages have nothing to be found, so nothing is made for them. */
function draftsOf(view: EnvelopeView, subjects: readonly Subject[], it: Case): readonly Draft[] {
  const { schemas, options } = it
  const wants = (layer: Layer) => options.only?.includes(layer) ?? true
  const drafts: Draft[] = []
  const add = (found: readonly Draft[]) => {
    for (const one of found) if (isWanted(one, options.only)) drafts.push(withVerbAdvice(one, view))
  }
  for (const one of subjects) if (isJudged(one, wants)) add(it.validate(one))
  if (wants('envelope-rule')) add(judgeRules(view, ruleContext(schemas, options)))
  const inner = {
    limits: options.limits ?? LIMITS,
    validate: wants('payload-xsd'),
    officialOnly: wants('envelope-rule') && options.officialOnly === true,
  }
  add(it.compressed(view, inner))
  return drafts
}

/** A typed message's schema judges the payload along with the envelope. */
function isJudged({ layer, payloads }: Subject, wants: (layer: Layer) => boolean): boolean {
  return wants(payloads.length > 0 && !wants(layer) ? 'payload-xsd' : layer)
}

/** The schema only lists the verbs; what a deprecated or misspelt one should be is known better. */
function withVerbAdvice(draft: Draft, { header, verb }: EnvelopeView): Draft {
  const isVerb =
    draft.rule === 'cvc-enumeration-valid' && draft.at === partOf(header, 'Verb')?.index
  return isVerb ? { ...draft, mend: verbAdvice(verb ?? '') } : draft
}

function ruleContext(
  schemas: SchemaSet,
  { tolerate, officialOnly = false }: JudgeOptions,
): RuleContext {
  const { catalogue } = schemas
  return {
    isNoun: catalogue.isNoun,
    suggestNoun: catalogue.suggestNoun,
    queries: catalogue.queried,
    hasSchema: (ns, name) => catalogue.select(ns, name) !== undefined,
    namespaceOf: namespacesIn(schemas),
    officialOnly,
    ...(tolerate === undefined ? {} : { tolerate }),
  }
}

function factsOf(view: EnvelopeView): Omit<Judgement, 'verdict' | 'findings' | 'schema'> {
  const { root } = view
  const isMessage = isMessageRoot(root) || view.header !== undefined
  return {
    noun: view.noun?.trim() ?? (isMessage ? null : root.name),
    verb: view.verb?.trim() ?? null,
    root: { name: root.name, ns: root.ns },
    messageID: view.messageID ?? null,
    correlationID: view.correlationID ?? null,
    soap: null,
  }
}
