// What a vendor's own acknowledgement means: of the whole message, and of each object in it.

import { readAck } from '../../dialects/acknowledgement.ts'
import { fateOf } from '../../dialects/ack.ts'
import type { Ack, ItemAck } from '../../dialects/ack.ts'
import { dialectNamed, resourcesFor } from '../../dialects/index.ts'
import { ACK_TYPES, strangeWord } from '../../dialects/msg-ack.ts'
import { flowFor } from '../../flows/index.ts'
import type { IdObject, Result } from '../../envelope/message-object.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { isObject, readJson, writeJson } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { askingOf } from '../asking-of.ts'
import type { Leg } from '../ledger.ts'
import type { Party } from '../parties/party.ts'
import type { Answered } from '../peer.ts'
import { asReply } from '../relay/relayed.ts'
import { UNMAPPED } from '../relay/vendor-carriage.ts'
import { belongingIn } from '../vendor-names.ts'
import type { Verdict } from './verdict.ts'

/** Undefined for whoever acknowledges in no way of its own, and for what is no acknowledgement. */
export function vendorVerdict(
  leg: Leg,
  { status, bytes, contentType }: Answered,
  party: Party | undefined,
): Verdict | undefined {
  const { binding } = party ?? {}
  if (binding?.type !== 'json' || !acknowledges(binding.dialect, leg)) return undefined
  const read = bytes.length === 0 ? undefined : readJson(new TextDecoder().decode(bytes))
  const isTaken = status >= 200 && status < 300
  if (read === undefined) return undefined
  if (!('value' in read))
    return isTaken && /\bjson\b/i.test(contentType)
      ? saysNothing('JSON that ends or breaks')
      : undefined
  const ack = readAck(read.value, status)
  if (ack !== undefined) return verdictBy(leg, ack, binding.dialect)
  if (!isTaken || !isObject(read.value)) return undefined
  const word = strangeWord(read.value)
  return word === undefined
    ? takenBy(leg)
    : saysNothing(`the ackType ${writeJson(word)}, which is none of ${WORDS}`)
}

const WORDS = Object.keys(ACK_TYPES).join(', ')

/** Nothing passes for done that nobody has said is done. @param what it has answered with */
function saysNothing(what: string): Verdict {
  const reason = `The peer has answered with ${what}: whether it is done, nobody can say.`
  return { kind: 'refused', outcome: 'technical', code: 'peer-invalid-reply', reason }
}

/** An answer that holds the object itself says that it is done; what the vendor was not told is said beside that. */
function takenBy(leg: Leg): Verdict | undefined {
  const errors = untold(leg)
  if (errors.length === 0 || askingOf(leg.noun, leg.verb) !== undefined) return undefined
  const said: Said = { result: 'OK', errors }
  return { kind: 'done', outcome: 'ok', reason: '', said, reply: asReply(said) }
}

function acknowledges(dialect: string, { noun }: Leg): boolean {
  return Object.values(dialectNamed(dialect) ?? {}).some(({ routes }) =>
    routes.some((it) => it.noun === noun && it.acknowledged !== undefined),
  )
}

/** rule by which a party says that what was asked for has been there before */
export const EXISTS = 'EXISTS-ALREADY'

function verdictBy(leg: Leg, ack: Ack, dialect: string): Verdict {
  const fate = fateOf(ack)
  const bad = ack.items.filter((it) => it.fate !== 'done')
  const isList = ack.items.length > 1
  const reason = [ack.text, ...bad.map((it) => it.text)].filter((it) => it !== '').join('; ')
  // Nothing of it is done, so that all of it may be tried again.
  if (fate === 'failed')
    return { kind: 'failed', outcome: 'technical', reason: reason || 'It says FAILURE.' }
  // That a question has come is no answer to it: that one is told later.
  if (fate !== 'refused' && askingOf(leg.noun, leg.verb) !== undefined)
    return { kind: 'received', outcome: 'ok', reason: '' }
  const belongs = bad.length > 0 ? belongingOf(leg, ack, dialect) : () => undefined
  const errors = bad.map((it) => ({
    ...errorOf(it, isList),
    ...relatedTo(belongs(ack.items.indexOf(it))),
  }))
  const whole = errors.length > 0 || fate !== 'refused' ? errors : [errorOf(wholeOf(ack), false)]
  const known = ack.items.filter((it) => it.exists === true)
  const notes = [...known.map((it) => existing(it, leg)), ...untold(leg)]
  const said = saidBy(fate, whole, notes)
  const facts = { said, reply: asReply(said) }
  if (fate === 'refused')
    return { kind: 'refused', outcome: 'business', reason: reason || 'It says ERROR.', ...facts }
  return { kind: 'done', outcome: 'ok', reason: '', ...facts }
}

/** To what each object belongs that is told of, so that two of one name are told apart. */
function belongingOf(
  { noun, target, request }: Leg,
  { items }: Ack,
  dialect: string,
): (at: number) => string | undefined {
  for (const { routes, mapped } of resourcesFor(dialect, noun))
    for (const route of routes) {
      if (target !== `${route.method} ${route.path}` || route.repeats === undefined) continue
      const sent = readJson(request)
      if ('value' in sent) return belongingIn(sent.value, route, mapped?.around?.list, items)
    }
  return () => undefined
}

function relatedTo(what: string | undefined): Pick<ReplyError, 'relatedID'> {
  return what === undefined ? {} : { relatedID: { $: what, '@kind': 'name' } }
}

function saidBy(
  fate: 'done' | 'partial' | 'refused',
  errors: readonly ReplyError[],
  notes: readonly ReplyError[],
): Said {
  const result: Result = fate === 'done' ? 'OK' : fate === 'partial' ? 'PARTIAL' : 'FAILED'
  if (fate === 'partial') return { result, errors: [PART, ...errors, ...notes] }
  return { result, errors: [...errors, ...(fate === 'done' ? notes : [])] }
}

function wholeOf({ text }: Ack): ItemAck {
  return { id: '', fate: 'refused', code: '', text }
}

/** Technical of one among others is not attempted as far as anybody knows; a refusal of the business is one. */
function errorOf({ id, fate, text }: ItemAck, isList: boolean): ReplyError {
  const [code, rule] = fate === 'failed' ? ['5.3', 'PEER-FAILURE'] : ['6.1', 'PEER-ERROR']
  const named: { id?: IdObject } = isList && id !== '' ? { id: { $: id, '@kind': 'name' } } : {}
  return {
    ...{ code, rule, level: 'FATAL' },
    reason: text === '' ? 'The other side has refused it without a reason.' : text,
    ...named,
  }
}

/** messageNumber 10589: what was asked for is there; as what, it does not say. */
function existing({ text }: ItemAck, { noun, party }: Leg): ReplyError {
  const rule: string = flowFor(noun, 'create')?.repeatRule ?? EXISTS
  const reason = text === '' ? 'It has been there already.' : text
  const details = `${party} does not say with which content, so that it is not compared with this one.`
  return { code: '0.0', level: 'INFORM', rule, reason, details }
}

/** What of the message has not been told to the vendor, as its findings say it. */
function untold({ findings }: Leg): readonly ReplyError[] {
  const read = findings === '' ? undefined : readJson(findings)
  const all: readonly Json[] =
    read !== undefined && 'value' in read && Array.isArray(read.value) ? read.value : []
  return all
    .filter(isObject)
    .filter((it) => it['rule'] === UNMAPPED)
    .map((it) => ({
      ...{ code: '0.0', level: 'INFORM', rule: UNMAPPED },
      reason: `${it['path'] as string}: ${it['message'] as string}`,
    }))
}
