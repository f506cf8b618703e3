// What an envelope rule is: what the XSD cannot say, as data with a check. The rules themselves are in rules-*.ts.

import type { EnvelopeView } from './envelope.ts'
import type { Draft } from './finding.ts'

/** What a rule has to ask about nouns and schemas, of which this ring knows none. */
export interface RuleContext {
  /** true for a Noun of the catalogue */
  readonly isNoun: (name: string) => boolean
  /** the Noun that was probably meant */
  readonly suggestNoun: (name: string) => string | undefined
  /** the Noun of the objects that a query's Noun asks for; undefined when it is no query */
  readonly queries: (name: string) => string | undefined
  /** true when a schema declares this root */
  readonly hasSchema: (ns: string, name: string) => boolean
  /** the namespace in which the selected schema declares a root of this name */
  readonly namespaceOf?: (name: string) => string | undefined
  /** true where nothing but published namespaces is admitted */
  readonly officialOnly?: boolean
  /** ids of rules that the sender may break: their findings are warnings */
  readonly tolerate?: readonly string[]
}

/** Judges one message alone. */
export type Check = (view: EnvelopeView, context: RuleContext) => readonly Draft[]

/** Judges a reply against the request it answers; places are those of the reply. */
export type PairCheck = (
  request: EnvelopeView,
  reply: EnvelopeView,
  context: RuleContext,
) => readonly Draft[]

/** One rule as it is listed, printed and applied. */
export interface Rule {
  /** public, never renumbered */
  readonly id: string
  /** a MUST that is broken is an error, a SHOULD a warning */
  readonly level: 'MUST' | 'SHOULD'
  /** empty where the rule is our own */
  readonly clause: string
  /** the requirement in our own words */
  readonly text: string
  /** Reply/Error/code that answers a message which breaks it */
  readonly replyCode: string
  /** null where one message cannot show it */
  readonly check: Check | null
  /** null where the request adds nothing */
  readonly pair: PairCheck | null
  /** why neither of the two checks it; null when one does */
  readonly untested: string | null
}

/** What a check finds: a draft without what the rule already says. */
export interface Breach extends Pick<
  Draft,
  'at' | 'attribute' | 'expected' | 'found' | 'message' | 'mend'
> {
  /** lower than the level of the rule, where practice is known to differ */
  readonly severity?: 'warning'
}

type Row = Pick<Rule, 'id' | 'level' | 'clause' | 'text' | 'replyCode'> & {
  readonly check?: (view: EnvelopeView, context: RuleContext) => readonly Breach[]
  readonly pair?: (
    request: EnvelopeView,
    reply: EnvelopeView,
    context: RuleContext,
  ) => readonly Breach[]
  readonly untested?: string
}

/** Makes a rule of a row: its breaches become drafts that carry id, clause and severity. */
export function rule(row: Row): Rule {
  const { check, pair, untested, ...facts } = row
  const draft = (breach: Breach): Draft => ({
    layer: 'envelope-rule',
    rule: facts.id,
    severity: facts.level === 'MUST' ? 'error' : 'warning',
    clause: facts.clause,
    ...breach,
  })
  return {
    ...facts,
    check: check ? (view, context) => drafts(check(view, context), draft) : null,
    pair: pair ? (request, reply, context) => drafts(pair(request, reply, context), draft) : null,
    untested: untested ?? null,
  }
}

const NONE: readonly never[] = []

/** By far most rules find nothing. */
function drafts(breaches: readonly Breach[], draft: (it: Breach) => Draft): readonly Draft[] {
  return breaches.length === 0 ? NONE : breaches.map(draft)
}
