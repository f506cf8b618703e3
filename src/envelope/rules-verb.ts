// VRB: which verb may stand in which message. That it is a verb at all is the XSD's to say.

import type { EnvelopeView } from './envelope.ts'
import type { Role } from './message-kind.ts'
import { partOf } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'
import { eventVerbOf, REPLY_VERB, requestVerbOf, verbRow, verbsOf } from './verbs.ts'

/** The rules of the Verb. */
export const VERB_RULES = [
  rule({
    id: 'VRB-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.2.2, Annex B',
    text: 'A request asks with a request verb, a reply says reply; a typed request carries the verb of its root.',
    replyCode: '2.9',
    check: (view) =>
      view.role === 'request' || view.role === 'reply' ? wrongVerb(view, view.role) : [],
  }),
  rule({
    id: 'VRB-02',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 Annex B',
    text: 'An event carries the past form of the action that it reports; a typed event that of its root.',
    replyCode: '2.9',
    check: (view) => (view.role === 'event' ? wrongVerb(view, view.role) : []),
  }),
]

function wrongVerb(view: EnvelopeView, role: Exclude<Role, 'fault'>): readonly Breach[] {
  const place = partOf(view.header, 'Verb')
  const kind = verbRow(view.verb)?.kind
  if (place === undefined || kind === undefined) return []
  const due = verbOfRoot(view)
  if (kind === role && (due === null || due === view.verb)) return []
  return [
    {
      at: place.index,
      expected: due ?? verbsOf(role).join(', '),
      found: place.text,
      message: `${place.text} is ${NATURE[kind]}, and this message is ${MESSAGE[role]}${ofRoot(view, due)}.`,
      mend:
        due === null
          ? MENDS[role](place.text)
          : `Write ${due}, or send the message of ${place.text}.`,
    },
  ]
}

/** In an OperationSet other verbs are in use; OPS-05 speaks of them. */
function verbOfRoot({ typed }: EnvelopeView): string | null {
  return typed === undefined || typed.operationSet ? null : typed.verb
}

function ofRoot({ root }: EnvelopeView, due: string | null): string {
  return due === null ? '' : ` whose root ${root.name} means ${due}`
}

const NATURE = {
  request: 'a request verb',
  reply: 'the verb of replies',
  event: 'an event verb',
} as const

const MESSAGE = { request: 'a request', reply: 'a reply', event: 'an event' } as const

const MENDS: Readonly<Record<Exclude<Role, 'fault'>, (verb: string) => string>> = {
  request: (verb) => {
    const asked = requestVerbOf(verb)
    if (asked === undefined) return 'Send a reply as a ResponseMessage.'
    return `Write ${asked} to ask for it, or send an EventMessage to report it.`
  },
  reply: () => `Write ${REPLY_VERB}; every reply has this verb, also one that comes later.`,
  event: (verb) => {
    const past = eventVerbOf(verb)
    if (past === undefined) return `Write one of ${verbsOf('event').join(', ')}.`
    return `Write ${past} to report it, or send a RequestMessage to ask for it.`
  },
}
