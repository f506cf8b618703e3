// For tests only: builds numbered element trees and messages about two invented nouns, and judges them.

import { element, pathOf } from './element.ts'
import type { Element } from './element.ts'
import { readEnvelope } from './envelope.ts'
import type { EnvelopeView } from './envelope.ts'
import type { Draft } from './finding.ts'
import { MESSAGE_NS } from './namespaces.ts'
import type { RuleContext } from './rule.ts'
import { correlates, judge } from './rules.ts'

/** Known to `CONTEXT`: WidgetQueries ask for Widgets, and GetGadgets for Gadgets. */
export const WIDGETS_NS = 'http://iec.ch/TC57/2017/Widgets#'
export const TYPED_NS = 'http://iec.ch/TC57/2017/WidgetsMessage'

const QUERIES: Readonly<Record<string, string>> = {
  WidgetQueries: 'Widgets',
  GetGadgets: 'Gadgets',
}
const NOUNS: readonly string[] = ['Widgets', 'Gadgets', ...Object.keys(QUERIES)]

export const CONTEXT: RuleContext = {
  isNoun: (name) => NOUNS.includes(name),
  suggestNoun: (name) => NOUNS.find((it) => it.slice(0, 4) === name.slice(0, 4)),
  queries: (name) => QUERIES[name],
  hasSchema: (ns, name) => ns === `http://iec.ch/TC57/2017/${name}#` || ns === TYPED_NS,
}

/** The same tree with every element numbered in document order. */
export function numbered(root: Element): Element {
  let next = 0
  const number = (it: Element): Element => {
    const index = next++
    return { ...it, index, children: it.children.map(number) }
  }
  return number(root)
}

/** An element of the message schema. */
export function m(name: string, content: string | readonly Element[] = ''): Element {
  return element(MESSAGE_NS, name, content)
}

/** A payload root in the namespace of its noun. */
export function object(noun = 'Widgets', content: string | readonly Element[] = ''): Element {
  return element(`http://iec.ch/TC57/2017/${noun}#`, noun, content)
}

export type Fields = Readonly<Record<string, string>>

/** Elements with text, in the order given. */
export function fields(of: Fields): readonly Element[] {
  return Object.entries(of).map(([name, text]) => m(name, text))
}

/** Header fields that break no rule. */
export const GOOD: Fields = { Noun: 'Widgets', MessageID: 'm-1', CorrelationID: 'c-1' }

export function header(verb: string, more: Fields = GOOD): Element {
  return m('Header', fields({ Verb: verb, ...more }))
}

/** A message of the generic carrier. */
export function message(kind: string, ...parts: readonly Element[]): Element {
  return numbered(m(kind, parts))
}

/** A typed message; its parts are in the typed namespace, what they hold is not. */
export function typedMessage(name: string, ...parts: readonly Element[]): Element {
  const typed = parts.map((it) => ({ ...it, ns: TYPED_NS }))
  return numbered(element(TYPED_NS, name, typed))
}

export function view(root: Element): EnvelopeView {
  return readEnvelope(root)
}

/** What the rules say of a message, as `error VRB-01 /RequestMessage/Header/Verb`. */
export function judged(root: Element, context: Partial<RuleContext> = {}): readonly string[] {
  return judge(view(root), { ...CONTEXT, ...context }).map((it) => line(it, root))
}

/** What the rules say of a reply to a request. */
export function compared(request: Element, reply: Element): readonly string[] {
  return correlates(view(request), view(reply), CONTEXT).map((it) => line(it, reply))
}

function line(draft: Draft, root: Element): string {
  return `${draft.severity} ${draft.rule} ${pathOf(root, draft.at)}`
}
