// Every noun of the catalogue has a resource and keeps what it is given, over JSON and over XML alike.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member, readJson, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import { sampleMessage } from '../schema/sample/sample.ts'
import { contentsOf, objectsIn } from './content.ts'
import type { NounContent } from './content.ts'
import { NONE, step } from '../lifecycles/lifecycle.ts'
import { flowFor } from '../flows/index.ts'
import { NOW, openFixture } from './gateway.fixture.ts'
import { identityOf } from './identity.ts'
import { resourceOf } from './nouns.ts'
import { isKeptForGood } from './openapi/kept-for-good.fixture.ts'

const test = suite('every noun')

const gateway = await openFixture()
test.after(() => gateway.close())

const { schemas } = gateway
const { catalogue } = schemas
const contentOf = contentsOf(schemas)
const NOUNS = [...new Set(catalogue.nouns.map((it) => it.noun))].filter(
  (it) => catalogue.queried(it) === undefined,
)

const HEADERS = { headers: { 'content-type': 'application/json' } }

async function ask(method: string, path: string, body?: Json) {
  const how = body === undefined ? HEADERS : { ...HEADERS, body: writeJson(body) }
  const answer = await gateway.ask(method, path, how)
  const read = readJson(answer.text)
  return { ...answer, json: 'value' in read ? read.value : null }
}

/** What a message says about its noun, and the objects in it. */
function sampled(noun: string, verb: string) {
  const message = sampleMessage(schemas, noun, { verb }) ?? {}
  const root = member(member(message, 'payload'), noun)
  const objects = objectsIn(root, contentOf(noun) as NounContent)
  return { message, root: isObject(root) ? root : {}, objects }
}

/** What is kept of one noun is asked for by the rules of others. */
async function forget(noun: string): Promise<void> {
  const { objects } = await gateway.store.page(noun, { limit: 1_000 })
  const removals = objects.map(({ id, revision }) => ({ noun, id, expect: revision }))
  await gateway.store.commit({ puts: [], removals, events: [] })
}

/** The content as it is kept: a flow may have its objects say in which state they are. */
function asKept(noun: string, root: JsonObject): JsonObject {
  const flow = flowFor(noun, 'create')
  const { element } = contentOf(noun) ?? {}
  const list = element === undefined ? undefined : member(root, element)
  if (flow?.status === undefined || element === undefined || !Array.isArray(list)) return root
  const { written } = flow.status
  const born = (it: JsonObject) => {
    const stepped = step(flow.lifecycle, NONE, flow.trigger(undefined, it))
    return 'to' in stepped ? stepped.to : (flow.lifecycle.steps[0]?.to ?? '')
  }
  const kept = list.map((it) => (isObject(it) ? written(it, born(it), NOW) : it))
  return { ...root, [element]: kept }
}

function withoutSpace({ '@xmlns': _ns, ...content }: JsonObject): JsonObject {
  return content
}

for (const noun of NOUNS) {
  const resource = `/api/v1/${resourceOf(noun)}`

  test(`${noun} over JSON`, async () => {
    const { root, objects } = sampled(noun, 'create')
    assert.ok(objects.length > 0, 'the sample has an object')
    const content = withoutSpace(root)
    const created = await ask('POST', resource, content)
    assert.is(created.status, 201, created.text)
    const kept = asKept(noun, content)
    assert.ok(sameJson(created.json, kept), `${created.text}\n${writeJson(content)}`)
    const location = created.headers?.['Location'] ?? ''
    const read = await ask('GET', location)
    assert.is(read.status, 200, location)
    if (objects.length === 1) assert.ok(sameJson(read.json, kept), read.text)
    const all = await ask('GET', resource)
    assert.is(member(all.json, 'next'), null)
    const removed = await ask('DELETE', location)
    assert.is(removed.status, isKeptForGood(noun) ? 409 : 200, removed.text)
    if (isKeptForGood(noun)) await forget(noun)
    assert.is((await ask('GET', location)).status, 404)
  })

  test(`${noun} over XML`, async () => {
    const { message, root, objects } = sampled(noun, 'created')
    const told = await gateway.send(messageFromJson(message, schemas).xml)
    assert.is(told.result, 'OK', told.text)
    const [first = {}] = objects
    const { mRID } = identityOf(first)
    const id = {
      '@kind': 'uuid',
      $: mRID ?? String(member(member(message, 'header'), 'MessageID')),
    }
    const query = {
      ...(sampleMessage(schemas, noun, { verb: 'get' }) ?? {}),
      request: { ID: [id] },
    }
    const given = await gateway.send(messageFromJson(query, schemas).xml)
    assert.is(given.result, 'OK', given.text)
    const payload = member(given.json, 'payload')
    const kept = Array.isArray(payload) ? payload[0] : payload
    await forget(noun)
    if (objects.length === 1)
      assert.ok(sameJson(member(kept, noun), asKept(noun, root)), given.text)
  })
}

test.run()
