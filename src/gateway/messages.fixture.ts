// For tests only: messages about DER groups, written as short as the schemas allow.

import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'

let count = 0

/** What a Header says; the MessageID counts where none is given. */
export interface Heading {
  readonly verb: string
  readonly noun?: string
  readonly id?: string
  readonly source?: string
  readonly kind?: 'RequestMessage' | 'EventMessage' | 'ResponseMessage' | 'Message'
}

/** A message around the content that stands behind its Header. */
export function message(heading: Heading, content: string): string {
  const { verb, noun = 'DERGroups', id = `m-${(count += 1)}`, source = '' } = heading
  const kind = heading.kind ?? (/ed$/.test(verb) ? 'EventMessage' : 'RequestMessage')
  const from = source === '' ? '' : `<Source>${source}</Source>`
  const messageID =
    id === '' ? '' : `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID>`
  return `<${kind} xmlns="${MESSAGE}"><Header><Verb>${verb}</Verb><Noun>${noun}</Noun><Timestamp>2026-07-14T08:00:00Z</Timestamp>${from}${messageID}</Header>${content}</${kind}>`
}

/** `Payload` around DERGroups. */
export function payload(...groups: readonly string[]): string {
  return `<Payload>${derGroups(...groups)}</Payload>`
}

/** The payload root with these groups. */
export function derGroups(...groups: readonly string[]): string {
  return `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${groups.join('')}</DERGroups>`
}

/** `Payload` with nothing but IDs, each with its attributes. */
export function payloadIds(
  ...ids: readonly (readonly [text: string, attributes: string])[]
): string {
  return `<Payload>${ids.map(([id, attributes]) => `<ID ${attributes}>${id}</ID>`).join('')}</Payload>`
}

/** DERFunction with everything switched off. */
const DER_FUNCTION = `<DERFunction>${DER_FUNCTIONS.map((it) => `<${it}>false</${it}>`).join('')}</DERFunction>`

/** What a group says; what is absent is left out. */
export interface Group {
  readonly mRID?: string
  readonly description?: string
  /** whole, as in a create */
  readonly functions?: boolean
  /** mRIDs of members; by default one, where it is a whole group */
  readonly members?: readonly string[]
  readonly name?: string
  readonly version?: string
}

/** The member of a group of which no other is said. */
export const MEMBER = 'd0000000-0000-4000-8000-00000000000d'

/** One EndDeviceGroup; with DERFunction unless it is switched off. */
export function group({
  mRID,
  description,
  functions = true,
  members = functions ? [MEMBER] : [],
  name,
  version,
}: Group): string {
  return [
    '<EndDeviceGroup>',
    mRID === undefined ? '' : `<mRID>${mRID}</mRID>`,
    description === undefined ? '' : `<description>${description}</description>`,
    functions ? DER_FUNCTION : '',
    ...members.map((it) => `<EndDevices><mRID>${it}</mRID></EndDevices>`),
    name === undefined ? '' : names(name),
    version ?? '',
    '</EndDeviceGroup>',
  ].join('')
}

/** The same without DERFunction, as in a change. */
export function part(it: Group): string {
  return group({ functions: false, ...it })
}

/** Names with one name that has no NameType. */
export function names(name: string): string {
  return `<Names><name>${name}</name></Names>`
}

/** One Operation: id, verb, content, and whether it removes parts. */
export function operation(
  id: string,
  verb: string,
  content: string,
  { noun = 'DERGroups', parts = false } = {},
): string {
  const element = parts ? '<elementOperation>true</elementOperation>' : ''
  return `<Operation><operationId>${id}</operationId><noun>${noun}</noun><verb>${verb}</verb>${element}${content}</Operation>`
}

/** `Payload` around an OperationSet in an enforced sequence. */
export function operationSet(integrity: boolean, ...operations: readonly string[]): string {
  return flaggedSet({ sequence: true, integrity }, ...operations)
}

/** `Payload` around an OperationSet with these flags. */
export function flaggedSet(
  { sequence, integrity }: { readonly sequence: boolean; readonly integrity: boolean },
  ...operations: readonly string[]
): string {
  return `<Payload><OperationSet><enforceMsgSequence>${sequence}</enforceMsgSequence><enforceTransactionalIntegrity>${integrity}</enforceTransactionalIntegrity>${operations.join('')}</OperationSet></Payload>`
}

/** `Request` with the groups of a DERGroupQueries, each by its identity elements. */
export function queryFor(...groups: readonly string[]): string {
  const list = groups.map((it) => `<EndDeviceGroup>${it}</EndDeviceGroup>`).join('')
  return `<Request><DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#">${list}</DERGroupQueries></Request>`
}
