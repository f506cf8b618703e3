// One message in another form: XML or JSON, generic or strongly typed, its payload in the open or compressed.
// What would not be the same message is not written, and the findings say why.

import type { Finding } from '../envelope/finding.ts'
import type { MessageForm, PayloadForm } from '../envelope/message-forms.ts'
import { member, sameJson, writeJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { inForm } from '../schema/message-form.ts'
import { isMessage } from '../schema/message-xml.ts'
import { refusal, textOf } from '../schema/typed-stem.ts'
import type { NoCounterpart } from '../schema/typed-stem.ts'
import { packed } from './pack.ts'
import type { Validated } from './ports.ts'
import { documentOf, formOf, judgeForm, judgeJson } from './translate.ts'
import type { Form, Judged, TranslateParts } from './translate.ts'
import { innerOf } from './unpack.ts'

/** What a message is to be turned into; absent = as it is. */
export interface ConvertOptions {
  /** default: the other of XML and JSON, or the same where only `form` or `payload` is asked for */
  readonly to?: Form | undefined
  readonly form?: MessageForm | undefined
  readonly payload?: PayloadForm | undefined
  /** what the typed root is named after, where the message does not say */
  readonly noun?: string | undefined
}

/** What a conversion gives: the other form, or the findings that keep it from being faithful. */
export interface Converted {
  readonly validated: Validated
  readonly text?: string
}

/** Judged before, and again after whatever has changed more than its notation. */
export async function convert(
  bytes: Uint8Array,
  parts: TranslateParts,
  options: ConvertOptions = {},
): Promise<Converted> {
  const from = formOf(bytes)
  const judged = await judgeForm(bytes, from, parts, { json: true })
  const { form, payload } = options
  if (form === undefined && payload === undefined)
    return written(judged, parts, options.to ?? (from === 'xml' ? 'json' : 'xml'))
  const { json } = judged.validated
  if (json === undefined) return judged
  const made = await reformed(json, parts, options)
  if ('refused' in made) return refusedBy(made.refused, judged.validated)
  const again = await judgeJson(made.message, parts, { json: true })
  const same = again.validated.json !== undefined && sameJson(again.validated.json, made.message)
  if (again.validated.json !== undefined && !same) return refusedBy(CHANGED, judged.validated)
  return written(again, parts, options.to ?? from)
}

const CHANGED: NoCounterpart = {
  path: '',
  reason: 'In the other form this would be another message.',
  mend: 'Send it in the form that it has.',
}

async function reformed(
  json: JsonObject,
  { schemas, validate }: TranslateParts,
  { form, payload, noun }: ConvertOptions,
): ReturnType<typeof packed> {
  const open = payload === 'plain' ? await opened(json, validate) : { message: json }
  if ('refused' in open) return open
  const made = form === undefined ? open : inForm(open.message, form, schemas, noun)
  return 'refused' in made || payload !== 'compressed' ? made : packed(made.message, schemas)
}

/** The message with its payload in the open; its Format stays. */
async function opened(message: JsonObject, validate: TranslateParts['validate']) {
  const inner = await innerOf(message, validate)
  if (inner === undefined) return { message }
  const { Compressed: _packed, ...format } = member(message, 'payload') as JsonObject
  return isMessage(inner)
    ? refusal(
        `/${textOf(message['message']) ?? ''}/Payload/Compressed`,
        'Compressed holds a whole message, and one message cannot stand inside the other',
        'Unpack it, and convert what is inside.',
      )
    : { message: { ...message, payload: { ...inner, ...format } } }
}

async function written(
  { validated, xml }: Judged,
  { schemas }: TranslateParts,
  to: Form,
): Promise<Converted> {
  if (validated.json === undefined) return { validated }
  if (to === 'json') return { validated, text: `${writeJson(validated.json, 2)}\n` }
  return { validated, text: `${xml ?? documentOf(validated.json, schemas)}\n` }
}

function refusedBy({ path, reason, mend }: NoCounterpart, validated: Validated): Converted {
  const finding: Finding = {
    layer: 'envelope-rule',
    rule: UNMAPPABLE,
    severity: 'error',
    clause: '',
    path,
    line: 0,
    column: 0,
    expected: 'a message that has a counterpart in the form asked for',
    found: 'one that has none',
    message: reason,
    mend,
  }
  // What has no counterpart may well be valid: the verdict stays that of the judge.
  const { json: _json, ...rest } = validated
  return { validated: { ...rest, findings: [...validated.findings, finding] } }
}

/** rule id of what is right as it is, and cannot be said in the form asked for */
export const UNMAPPABLE = 'unmappable'

/** True where it is for want of a counterpart that nothing was written. */
export function isWithoutCounterpart({ text, validated }: Converted): boolean {
  return text === undefined && validated.findings.some((it) => it.rule === UNMAPPABLE)
}
