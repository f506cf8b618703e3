// The JSON façade of a product as a way to it: a message goes as method, path and JSON, and the answer is the message that
// its JSON stands for. No binding of the standard. On the wire is what passed, with method and path.

import { readJson, writeJson } from '../../src/index.ts'
import type { Facade } from '../checks/facade.ts'
import { facadeAsk } from '../mapping/facade-request.ts'
import type { FacadeAsk, NounFacts } from '../mapping/facade-request.ts'
import { facadeReply } from '../mapping/facade-reply.ts'
import { isObject } from '../mapping/thing.ts'
import type { Answer, Carried, Transport } from './answer.ts'
import type { Ask, Said } from './bridge.ts'

/** How it is asked. */
export interface FacadeOptions {
  /** @param headers besides those of the run */
  readonly ask: (it: Ask, headers: Readonly<Record<string, string>>) => Promise<Said>
  readonly nouns: NounFacts
  /** ISO 8601 with Z */
  readonly now: () => string
}

const JSON_TYPE = 'application/json'

/** A message without a form there is no case for: the plan has left it out. */
export function overFacade({ ask, nouns, now }: FacadeOptions): Transport {
  const inCarrier = (message: Uint8Array) => carriedAs(formOf(message))
  return { name: 'json', isNormative: false, inCarrier, send }

  function formOf(message: Uint8Array): FacadeAsk {
    const form = facadeAsk(message, nouns)
    if ('none' in form) throw new Error(`the façade has no form of the message: ${form.none}`)
    return form
  }

  async function send(message: Uint8Array): Promise<Answer> {
    const form = formOf(message)
    const { method, path, json, messageID } = form
    const { bytes } = carriedAs(form)
    const body = json === undefined ? {} : { contentType: JSON_TYPE, bytes }
    // What is sent again is known again by its key, as a message is by its MessageID.
    const key = method === 'GET' ? {} : { 'Idempotency-Key': messageID }
    const said = await ask({ method, path, ...body }, key)
    if (said.kind !== 'answered') return said
    const stands = facadeReply(said, form, nouns, now())
    return { ...said, facade: { message: stands, facts: factsOf(said, form) } }
  }
}

function carriedAs({ method, path, json }: FacadeAsk): Carried {
  const asked = `${method} ${path}`
  if (json === undefined) return { bytes: new Uint8Array(), headers: {}, asked }
  const bytes = new TextEncoder().encode(writeJson(json))
  return { bytes, headers: { 'Content-Type': JSON_TYPE }, asked }
}

function factsOf(said: Extract<Said, { kind: 'answered' }>, { method, json }: FacadeAsk): Facade {
  const { status, contentType, headers, bytes } = said
  const read = readJson(new TextDecoder().decode(bytes))
  const body = 'value' in read ? read.value : undefined
  const isPart = isObject(body) && body['reply'] !== undefined
  const isCreated = method === 'POST' && json !== undefined && status < 400 && !isPart
  const due = isCreated ? ({ kind: 'created' } as const) : ({ kind: 'other' } as const)
  return { status, contentType, headers, body, passed: [], due }
}
