// For tests only: the systems around Customer Support, and their messages as CIM documents.

import * as assert from 'uvu/assert'
import { contentsOf, payloadOf, rootsOf } from '../gateway/content.ts'
import { shippedSchemas } from '../gateway/gateway.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import { answerOk, until } from './scene.fixture.ts'
import type { Heard, Said, Scene } from './scene.fixture.ts'

const schemas = await shippedSchemas
const contentOf = contentsOf(schemas)

/** A message about one object, as whoever sends it writes it. */
export function document(verb: string, noun: string, object: JsonObject): string {
  const MessageID = crypto.randomUUID()
  const message = /ed$/.test(verb) ? 'EventMessage' : 'RequestMessage'
  const header = { Verb: verb, Noun: noun, MessageID, CorrelationID: MessageID }
  const content = contentOf(noun)
  assert.ok(content, noun)
  const payload = payloadOf([[noun, rootsOf([object], content)]])
  const { xml, issues } = messageFromJson({ message, header, payload }, schemas)
  assert.equal(issues, [])
  return xml
}

/** One message, which has to be answered OK. */
export async function ok(
  { send }: Scene,
  party: string,
  ...[verb, noun, object]: Parameters<typeof document>
): Promise<Said> {
  const said = await send(party, document(verb, noun, object))
  assert.match(said.text, /<Result>OK<\/Result>/, said.text)
  return said
}

/** Every party takes what it is sent, in the form that it speaks. */
export function behaveWell(scene: Scene): void {
  scene.behave(({ body }, response) => {
    if (body.startsWith('{')) response.writeHead(204).end()
    else answerOk(response, body)
  })
}

/** What a party has heard about a noun, by verb: `create ServiceOrders`. */
export function heardBy({ heard }: Scene, party: string): readonly string[] {
  return heard.filter((it) => it.party === party).map(named)
}

function named({ body }: Heard): string {
  const one = (name: string) => new RegExp(`${name}(?:>|":")([\\w.]+)`).exec(body)?.[1] ?? ''
  return [one('Verb'), one('Noun'), one('trigger')].join(' ').trim()
}

/** Resolves when a party has heard so much, and stays so while nothing more is on its way. */
export async function settled(scene: Scene, operator: string): Promise<void> {
  await until(async () => {
    const { json, text } = await scene.ask(
      operator,
      'GET',
      '/api/v1/messages?state=QUEUED,SENDING,FAILED,ACCEPTED',
    )
    assert.ok(Array.isArray(json['messages']), text)
    return json['messages'].length === 0
  })
}

/** The mRID of the last object of this name that a party has heard of in XML. */
export function mRIDIn({ heard }: Scene, party: string, element: string): string {
  const found = heard
    .filter((it) => it.party === party)
    .flatMap(({ body }) => new RegExp(`<${element}><mRID>([^<]*)`).exec(body)?.[1] ?? [])
  assert.ok(found.length > 0, `${party} has heard of no ${element}`)
  return found.at(-1) ?? ''
}
