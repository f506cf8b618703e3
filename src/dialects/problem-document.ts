// How the REST services of Oracle's customer programme side answer: the object itself where all is well, and a problem with a
// message number where it is not. Of its members only these are published.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { fateOf } from './ack.ts'
import type { Ack, AckContext, AckWritten, Fate } from './ack.ts'
import { ALREADY_EXISTS } from './msg-ack.ts'

/** characters of `detail` (Oracle REST reference, problemDetailDocument) */
const DETAIL_MOST = 60

/** The object as it is now; 400 for what the business refuses, with the number of what exists already. */
export function writeProblem(ack: Ack, { objects, status }: AckContext): AckWritten {
  const fate = fateOf(ack)
  if (fate === 'done') {
    const all = objects()
    return { status: 200, body: all.length === 1 ? all[0]! : all }
  }
  const first = ack.items.find((it) => it.fate !== 'done')
  const title = first?.text || ack.text
  const httpStatus = fate === 'failed' ? Math.max(status, 500) : 400
  const detail = [...title].slice(0, DETAIL_MOST).join('')
  const code = first === undefined || first.code === '' ? {} : { problemType: first.code }
  return {
    status: httpStatus,
    body: { problemDetailDocument: { httpStatus, ...code, title, detail } },
  }
}

/** A problem that says so, whatever stands around it; 400 is for good (Oracle configuration guide 25.4 has it otherwise). */
export function readProblem(json: Json, status: number): Ack | undefined {
  const own = member(json, 'problemDetailDocument') ?? json
  if (!isObject(own)) return undefined
  const number = numberIn(own)
  const http = member(own, 'httpStatus')
  if (number === undefined && http === undefined) return undefined
  if (number === ALREADY_EXISTS)
    return { items: [existing(textIn(own))], whole: 'done', text: textIn(own) }
  return { items: [], whole: fateAt(Number(http ?? status)), text: textIn(own) }
}

function existing(text: string): Ack['items'][number] {
  return { id: '', fate: 'done', exists: true, code: '', text }
}

function fateAt(status: number): Fate {
  return status >= 500 || [408, 425, 429].includes(status) ? 'failed' : 'refused'
}

/** Beside the rest, or in what the framework has put around the message. */
function numberIn(own: JsonObject): string | undefined {
  const found =
    member(own, 'messageNumber') ?? member(member(own, 'serverMessage'), 'messageNumber')
  return found === undefined ? undefined : `${found as string | number}`
}

function textIn(own: JsonObject): string {
  const found = ['title', 'detail', 'message'].map((it) => member(own, it))
  return found.filter((it) => typeof it === 'string').join(': ')
}
