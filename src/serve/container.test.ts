// The container file and the compose file: what they say, and that what they start starts.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { ROOT } from '../layers/sources.fixture.ts'
import {
  NO_SERVER,
  endServers,
  newSchema,
  startServer,
} from '../shell/store/postgres/server.fixture.ts'
import { readJson } from '../supply/lockfile.fixture.ts'
import type { Supply } from '../supply/lockfile.fixture.ts'
import { STAGES, commandOf, layOut, ownFolder, said, startContainer } from './container.fixture.ts'
import { groupJson, newGroup } from './messages.fixture.ts'
import { endAll } from './process.fixture.ts'

const test = suite('serve: container')
test.before(layOut)
test.after(async () => {
  await endAll()
  await endServers()
})

/** What Docker and Podman understand, of which a container of cimgate needs these. */
const KEYWORDS = 'FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK ENTRYPOINT CMD'.split(
  ' ',
)

test('the container file has instructions of its language alone, and copies what is there', () => {
  const all = STAGES.flat()
  assert.equal(
    all.filter((it) => !KEYWORDS.includes(it.keyword)),
    [],
  )
  const sources = all
    .filter((it) => it.keyword === 'COPY' && !it.rest.startsWith('--from'))
    .flatMap((it) => it.rest.split(' ').slice(0, -1))
  assert.ok(sources.length >= 3)
  for (const it of sources) assert.ok(existsSync(join(ROOT, it)), it)
  const stages = all
    .filter((it) => it.keyword === 'FROM')
    .map((it) => / AS (\w+)$/.exec(it.rest)?.[1])
  for (const { rest } of all) {
    const from = /--from=(\w+)/.exec(rest)?.[1]
    if (from !== undefined) assert.ok(stages.includes(from), from)
  }
})

test('T18: it begins with a Node that is safe, runs as nobody in particular, and has no secret', () => {
  const { node } = readJson<Supply>('deploy/supply.json')
  for (const [first] of STAGES) {
    const version = /^node:([\d.]+)-\S+( AS \w+)?$/.exec(first?.rest ?? '')?.[1]
    assert.ok(node.deploy.includes(version ?? ''), first?.rest)
  }
  assert.match(said('USER'), /^[1-9]\d*:[1-9]\d*$/)
  assert.is(said('VOLUME'), '/data')
  assert.equal(
    STAGES.flat().filter((it) => /password|secret|token|key/i.test(it.rest)),
    [],
  )
})

interface Service {
  readonly image: string
  readonly read_only: boolean
  readonly privileged?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt: readonly string[]
  readonly ports?: readonly string[]
  readonly networks: readonly string[]
  readonly secrets: readonly string[]
  readonly volumes?: readonly string[]
  readonly configs?: readonly { readonly source: string; readonly target: string }[]
  readonly environment: Readonly<Record<string, string>>
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
}

const COMPOSE = parse(readFileSync(`${ROOT}deploy/compose.yaml`, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly volumes: object
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly configs: Readonly<Record<string, { readonly content: string }>>
}
const NODES = Object.entries(COMPOSE.services).filter(([name]) => name.startsWith('node'))

test('the compose file has two nodes and a database, and names nothing that it does not define', () => {
  assert.equal(Object.keys(COMPOSE.services), ['node1', 'node2', 'database'])
  for (const it of Object.values(COMPOSE.services)) {
    const named = (all: readonly string[] = [], of: object) =>
      assert.equal(
        all.filter((name) => !(name in of)),
        [],
      )
    named(it.networks, COMPOSE.networks)
    named(it.secrets, COMPOSE.secrets)
    named(
      it.configs?.map(({ source }) => source),
      COMPOSE.configs,
    )
    named(
      it.volumes?.map((volume) => volume.split(':')[0] ?? ''),
      COMPOSE.volumes,
    )
    named(Object.keys(it.depends_on ?? {}), COMPOSE.services)
    for (const [name, { condition }] of Object.entries(it.depends_on ?? {}))
      assert.ok(condition !== 'service_healthy' || COMPOSE.services[name]?.healthcheck)
  }
})

test('T18: its services write nowhere but in their volumes, gain no right, and are on loopback alone', () => {
  for (const [name, it] of Object.entries(COMPOSE.services)) {
    assert.equal([it.read_only, it.privileged], [true, undefined], name)
    assert.equal(it.security_opt, ['no-new-privileges:true'])
    for (const port of it.ports ?? []) assert.match(port, /^127\.0\.0\.1:\d+:\d+$/)
    for (const [key, value] of Object.entries(it.environment))
      assert.ok(!/PASSWORD|KEY|TOKEN/.test(key) || value.startsWith('/run/secrets/'), key)
  }
  for (const [, it] of NODES) assert.equal(it.cap_drop, ['ALL'])
  const { database } = COMPOSE.services
  assert.equal([database?.ports, COMPOSE.networks['back']?.internal], [undefined, true])
})

/** Secrets as the container sees them, in a folder of their own. */
function secrets(): string {
  const path = join(ownFolder(), 'secrets')
  mkdirSync(path)
  for (const it of Object.keys(COMPOSE.secrets)) writeFileSync(join(path, it), `key-of-${it}\n`)
  return path
}

/** The configuration of the compose file, its secrets where they are here. */
function configuration(at: string): string {
  const path = join(ownFolder(), 'cimgate.yaml')
  const content = COMPOSE.configs['cimgate']?.content ?? ''
  writeFileSync(path, content.replaceAll('/run/secrets', at))
  return path
}

/** Asks as the compose file's party dms. */
async function ask(url: string, body?: string) {
  const headers = { 'X-API-Key': 'key-of-dms', 'Content-Type': 'application/json' }
  const answer = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body },
  )
  return { status: answer.status, text: await answer.text() }
}

test('without a configuration the container does not start, and says what it lacks', async () => {
  const nowhere = join(ownFolder(), 'cimgate.yaml')
  const places = { '/data': ownFolder(), '/etc/cimgate/cimgate.yaml': nowhere }
  const why = await startContainer({}, places).then(() => 'started', String)
  assert.match(why, new RegExp(`exit 2: [^]*${nowhere}`))
})

test('what is in the container is enough to serve, as its user; its health check is content', async () => {
  const config = configuration(secrets())
  const places = { '/data': ownFolder(), '/etc/cimgate/cimgate.yaml': config }
  const { address, end } = await startContainer({}, places)
  const group = newGroup(2)
  assert.is((await ask(`${address}/api/v1/der-groups`, groupJson(group))).status, 201)
  const [, ...check] = commandOf('HEALTHCHECK')
  const health = (text: string) =>
    spawnSync(
      process.execPath,
      check.map((it) => it.replace('http://127.0.0.1:8080', text)),
    ).status
  assert.is(health(address), 0)
  assert.is(await end('SIGTERM'), 0)
  assert.is(health(address), 1)
})

const onServer = NO_SERVER === undefined ? test : test.skip
onServer(`the nodes of the compose file share one database${NO_SERVER ?? ''}`, async () => {
  const at = secrets()
  const url = await newSchema(await startServer())
  const config = configuration(at)
  const nodes = await Promise.all(
    NODES.map(([, { environment, configs }]) => {
      const own = { ...environment, CIMGATE_DATABASE: url }
      const files = Object.entries(own).map(([k, v]) => [k, v.replace('/run/secrets', at)] as const)
      const target = configs?.[0]?.target ?? ''
      return startContainer(Object.fromEntries(files), { '/data': ownFolder(), [target]: config })
    }),
  )
  const group = newGroup(2)
  const path = 'api/v1/der-groups'
  const [first, second] = nodes.map((it) => it.address)
  assert.is((await ask(`${first}/${path}`, groupJson(group))).status, 201)
  assert.match((await ask(`${second}/${path}/${group.mRID}`)).text, group.mRID)
  for (const it of nodes) assert.is(await it.end('SIGTERM'), 0)
})

test.run()
