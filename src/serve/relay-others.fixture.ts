// For tests only: a route to several parties, of which the first one decides, and what the others hear.

import * as assert from 'uvu/assert'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { group, message, payload } from '../gateway/messages.fixture.ts'
import { answerOk, answerXml, auth, legsOf, openScene, replyXml, until } from './scene.fixture.ts'
import type { Behave, Heard, Listed, Scene } from './scene.fixture.ts'

/** How the requests of cs go, until a test says otherwise. */
export const WAY = 'to: [first, archive, notes], order: "key:EndDeviceGroup.mRID", retry: [50ms]'

/** A scene among parties that hear of each other's requests. */
export interface Others extends Scene {
  /** What the routes of cs are from the next start on. */
  readonly route: (way: string) => void
  readonly toParty: (party: string) => readonly Heard[]
  /** mRIDs that a party has heard of, message by message. */
  readonly told: (party: string) => readonly (readonly string[])[]
  readonly outTo: (party: string, key: string) => Promise<readonly Listed[]>
  /** Nothing is under way, so what has not been heard by now is not to be. */
  readonly quiet: () => Promise<void>
  readonly act: (leg: Listed | undefined, action: string) => Promise<void>
  /**
   * The request is with the first one, which will answer later.
   * @returns MessageID under which it is there
   */
  readonly withFirst: (mRIDs: readonly string[], ask: () => unknown) => Promise<string>
  /** Asked for by somebody who does not wait. */
  readonly goingOn: (mRIDs: readonly string[]) => () => Promise<unknown>
}

const waysOf = (outside: string, way: string): string => `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-dms]}
  one: {${auth('one')}}
  hasty: {${auth('hasty')}}
  first: {${auth('first')}, binding: {type: cim-xml, url: "${outside}/first"}}
  single: {${auth('single')}, profile: {collections: false}, binding: {type: cim-xml, url: "${outside}/single"}}
  archive: {${auth('archive')}, binding: {type: cim-xml, url: "${outside}/archive"}}
  notes: {binding: {type: json, dialect: cim-json, url: "${outside}/notes"}}
  late: {binding: {type: cim-xml, url: "${outside}/late"}}
routes:
  - {when: {noun: DERGroups, verb: [create, change, delete, get, execute], from: cs}, ${way}, timeout: 1m}
  - {when: {noun: DERGroups, from: one}, to: [single, archive], order: none, retry: [1h], timeout: 5s}
  - {when: {noun: DERGroups, from: hasty}, to: [first, archive, notes], order: none, timeout: 300ms, retry: [1h]}
  - {when: {noun: DERGroups, verb: [created, changed, deleted], from: cs}, to: [first, archive]}
  - {to: local}
`

/** Opens it. */
export async function openOthers(): Promise<Others> {
  let way = WAY
  const scene = await openScene((outside) => waysOf(outside, way))
  const { heard } = scene
  const toParty = (party: string) => heard.filter((it) => it.party === party)
  const outTo = async (party: string, key: string) =>
    (await legsOf(scene, `direction=out&key=${key}`)).filter((it) => it.party === party)
  return Object.assign(Object.create(scene), {
    route: (next: string) => void (way = next),
    toParty,
    told: (party: string) => toParty(party).map(idsIn),
    outTo,
    quiet: () =>
      until(async () => (await legsOf(scene, `direction=out&state=${OPEN}`)).length === 0),
    act: async (leg: Listed | undefined, action: string) => {
      const path = `/api/v1/messages/${leg?.id}:${action}`
      const { status, text } = await scene.ask('cs', 'POST', path)
      assert.is(status, 200, text)
    },
    withFirst: async (mRIDs: readonly string[], ask: () => unknown) => {
      scene.behave(
        answering(({ messageID }) => replyXml(messageID, 'OK', '<Error><code>0.3</code></Error>')),
      )
      await ask()
      await until(async () => (await outTo('first', mRIDs[0] ?? ''))[0]?.state === 'SENT')
      scene.behave(TAKING)
      return toParty('first').at(-1)?.messageID ?? ''
    },
    goingOn: (mRIDs: readonly string[]) => () =>
      scene.ask('cs', 'POST', '/api/v1/der-groups', {
        body: { EndDeviceGroup: mRIDs.map(groupOf) },
        headers: { Prefer: 'respond-async' },
      }),
  })
}

const OPEN = 'QUEUED,SENDING,SENT,FAILED'

const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
const groupOf = (mRID: string) => ({ mRID, DERFunction, Names: [{ name: mRID }] })

/** mRIDs in a message. */
export const idsIn = ({ body }: Heard): readonly string[] =>
  [...body.matchAll(/(?:<mRID>|"mRID":")([^<"]*)/g)].map((it) => it[1] ?? '')

/** mRIDs that nobody has used. */
export const newIds = (count: number): readonly string[] =>
  Array.from({ length: count }, () => crypto.randomUUID())

/** A request for these groups. */
export const create = (mRIDs: readonly string[]): string =>
  message(
    { verb: 'create', id: crypto.randomUUID() },
    payload(...mRIDs.map((mRID) => group({ mRID, name: mRID, members: [] }))),
  )

/** All is taken by all, each in its way. */
export const TAKING: Behave = ({ party, body }, response) =>
  party === 'notes' ? void response.writeHead(204).end() : answerOk(response, body)

/** Answers of one; the others take all. */
export const answering =
  (answer: (it: Heard) => string, party = 'first'): Behave =>
  (heard, response) =>
    heard.party === party ? answerXml(response, answer(heard)) : TAKING(heard, response)

/** An Error that names nothing. */
export const REFUSAL = '<Error><code>6.1</code><level>FATAL</level><reason>No.</reason></Error>'

/** An Error that names a group. */
export const refusalOf = (id: string): string =>
  `<Error><code>6.1</code><level>FATAL</level><ID kind="uuid" objectType="EndDeviceGroup">${id}</ID></Error>`

/** The first one takes all but these. */
export const partly = (...ids: readonly string[]): Behave =>
  answering(({ messageID }) =>
    replyXml(messageID, 'PARTIAL', `<Error><code>0.2</code></Error>${ids.map(refusalOf).join('')}`),
  )
