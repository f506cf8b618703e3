// The way from XML to JSON, and back.

import type { Json, JsonObject } from '../../../src/index.ts'
import { ledgerFindings } from '../../checks/mapping.ts'
import { find } from '../../find.ts'
import { uuidOf } from '../../ids.ts'
import { isObject, thingOfJson, thingOfNode } from '../../mapping/thing.ts'
import { treeOf } from '../../mapping/tree.ts'
import { MESSAGE, element, writeXml } from '../../peers/write.ts'
import { readXml } from '../../xml.ts'
import type { Node } from '../../xml.ts'
import { called, octets, seenOf } from './call.ts'
import type { Translating } from './call.ts'
import type { Created } from './case.ts'
import { messageFor } from './message.ts'
import {
  arraysIn,
  compared,
  contentIn,
  freshIn,
  isRight,
  linesOf,
  lostIn,
  notRun,
} from './noted.ts'
import type { At, Noted } from './noted.ts'
import { replySeen } from './reply.ts'
import { mRIDsIn, renamed } from './samples.ts'
import type { Seen } from '../seen.ts'

/** An object that was created from the side of CIM. */
export interface CreatedInXml {
  readonly seen: Seen
  /** of the payload, as it was sent */
  readonly payload: Node | undefined
  readonly isDone: boolean
  /** what the object is known by */
  readonly id: string
}

/** The same content about another object, from the side of CIM. */
export async function createdInXml(created: Created, at: At): Promise<CreatedInXml> {
  const { scenario, subject, playing } = at
  const where = { scenario, step: 'xml-in' }
  const content = renamed(created.content, playing.seed, subject.noun, 'xml')
  const messageID = uuidOf(playing.seed, scenario, 'xml-in')
  const xml = requestOf(
    treeOf(subject.noun, content, subject.ns, subject.schema),
    messageID,
    playing,
  )
  const own = await playing.judge(xml)
  const [finding] = own.observations
  if (!created.isDone || finding !== undefined) {
    const why =
      finding === undefined
        ? 'no sample is taken'
        : `the tester cannot write it: ${finding.message}`
    return {
      seen: notRun('xml-in', why).seen[0] as Seen,
      payload: undefined,
      isDone: false,
      id: '',
    }
  }
  const call = await called(where, { method: 'POST', path: '/cim', xml }, playing)
  const { seen, isOk, assigned } = await replySeen(where, call, { xml, messageID }, playing)
  const id = assigned ?? idOf(created, content) ?? messageID
  return { seen, payload: find(readXml(xml), 'Payload/*')[0], isDone: isOk, id }
}

/** The mRID of what Location has named, in the other content; undefined where it was named by something else. */
function idOf({ call: { said }, content: named }: Created, content: JsonObject) {
  const location = said.kind === 'answered' ? said.headers['location'] : undefined
  if (location === undefined) return mRIDsIn(content)[0]
  const at = mRIDsIn(named).indexOf(decodeURIComponent(location.split('/').at(-1) ?? ''))
  return mRIDsIn(content)[at]
}

/** Without Source: who sends it is who proves it. */
export function requestOf(payload: Node, messageID: string, { now }: Translating): Uint8Array {
  const header = [
    ['Verb', 'create'],
    ['Noun', payload.name],
    ['Timestamp', now()],
    ['MessageID', messageID],
    ['CorrelationID', messageID],
  ].map(([name = '', text = '']) => element(MESSAGE, name, text))
  const parts = [element(MESSAGE, 'Header', header), element(MESSAGE, 'Payload', [payload])]
  return octets(writeXml(element(MESSAGE, 'RequestMessage', parts)))
}

/** What has come of it in JSON. */
export interface InJson extends Noted {
  readonly body: JsonObject | undefined
}

/** What the message has become in JSON. */
export async function outInJson(inXml: CreatedInXml, at: At): Promise<InJson> {
  const { scenario, subject, playing, resource } = at
  const { payload } = inXml
  if (!inXml.isDone || payload === undefined)
    return { ...notRun('json-out', 'nothing was created'), body: undefined }
  const where = { scenario, step: 'json-out' }
  const path = `${resource}/${encodeURIComponent(inXml.id)}`
  const call = await called(where, { method: 'GET', path }, playing)
  const seen = seenOf(where, call, { kind: 'read' }, playing)
  if (!isObject(call.body) || call.said.kind !== 'answered' || call.said.status !== 200)
    return { seen: [seen], ledger: [], lost: new Set(), body: undefined }
  const body = contentIn(call.body, subject)
  const entries = compared(
    thingOfNode(payload, `/${payload.name}`),
    thingOfJson(subject.noun, body, `/${subject.noun}`),
    at,
  )
  const findings = [...arraysIn(body, subject), ...ledgerFindings(entries)]
  return {
    seen: [{ ...seen, observations: [...seen.observations, ...findings] }],
    ledger: linesOf(entries, { ...where, direction: 'xml-to-json' }),
    lost: lostIn(entries),
    body,
  }
}

/** The JSON that came out goes in again, about a third object: what comes out has to be the XML that went in. */
export async function backInXml(
  json: InJson,
  out: Noted,
  created: Created,
  at: At,
): Promise<Noted> {
  const { scenario, subject, playing, resource } = at
  if (json.body === undefined || !(await isRight(json.body, at)))
    return notRun('xml-back', 'there is no right JSON to send on')
  const where = { scenario, step: 'xml-back' }
  const content = renamed(json.body, playing.seed, subject.noun, 'again')
  const call = await called(
    where,
    { method: 'POST', path: resource, json: content as Json },
    playing,
  )
  const seen = seenOf(where, call, { kind: 'created' }, playing)
  const message = await messageFor(call, at, 'xml-back')
  const payload = find(message?.judged.root, 'Payload/*')[0]
  if (payload === undefined) {
    const open = 'the JSON that came out is not taken, or its message is not seen'
    return { seen: [{ ...seen, open }], ledger: [], lost: new Set() }
  }
  const same = renamed(created.content, playing.seed, subject.noun, 'again')
  const due = treeOf(subject.noun, same, subject.ns, subject.schema)
  const entries = compared(
    thingOfNode(due, `/${due.name}`),
    thingOfNode(payload, `/${payload.name}`),
    at,
  )
  const fresh = freshIn(entries, out.lost, json.lost)
  const observations = [...seen.observations, ...ledgerFindings(fresh, 'MAP-17')]
  return {
    seen: [{ ...seen, observations, reply: message?.file ?? seen.reply }],
    ledger: linesOf(fresh, { ...where, direction: 'xml-to-xml' }),
    lost: new Set(),
  }
}
