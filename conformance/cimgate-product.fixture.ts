// For tests only: cimgate itself as a product in scenarios, over sockets, and the reference peers around it. Their time is
// virtual: when nothing is on its way any more, neither here nor in the gateway, it jumps to what a peer has to come back to.

import type { Cimgate } from '../src/index.ts'
import { settled } from '../src/serve/orchestration.fixture.ts'
import type { Scene } from '../src/serve/scene.fixture.ts'
import { pair } from './engine/pair.ts'
import type { Away } from './engine/pair.ts'
import { planFor } from './engine/plan.ts'
import { unstated } from './modes.ts'
import { openStage } from './peers/stage.ts'
import { writeXml } from './peers/write.ts'
import { readRegister } from './register.ts'
import { caseOf, playedOf } from './script.ts'
import { groundOf } from './selftest/playing.ts'
import type { Ground } from './selftest/playing.ts'
import type { Role } from './shapes.ts'
import type { Transport } from './transport/answer.ts'

/** The gateway, and who stands around it. */
export interface Product {
  readonly scene: Scene
  /** the party under whose key the tester speaks; it sees what is on its way */
  readonly tester: string
  /** who is spoken to under which role */
  readonly roles: Readonly<Record<string, Role>>
  /** what the gateway is to who plays this role */
  readonly as: (to: Role) => Role
  readonly products: ReadonlySet<Role>
  /** what a person does when the gateway has taken a message */
  readonly taken?: (bytes: Uint8Array) => Promise<void>
}

/** What was found in the branches of the scripts whose ids begin so, a line each; and how many of them are not told of. */
export async function saidOf(begin: string, product: Product, cimgate: Cimgate) {
  const register = readRegister()
  const ground = groundOf(register, cimgate, 'seed')
  const played = register.scripts.filter(({ id }) => id.startsWith(begin)).flatMap(playedOf)
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const hash = '0'.repeat(64)
  const scenarios = played.map(caseOf)
  const { results } = await pair({
    ...{ register, capability, judge: ground.judge, seed: 'seed', waivers: [], strict: false },
    plan: planFor(capability, { ...register, scenarios }, { only: [], strict: false }),
    suite: { name: 'cimgate conformance', version: 'test', hash, schemas: hash, node: '' },
    ...{ now: () => new Date().toISOString(), progress: () => undefined },
    scripts: new Map(played.map((it) => [it.branch.id, it])),
    away: awayIn(product, ground),
  })
  const said = results.cases.flatMap(({ id, verdict, why, findings }) => [
    ...(verdict === 'pass' ? [] : [`${id}: ${verdict} ${why ?? ''}`]),
    ...findings.map((it) => `${id}#${it.step} ${it.requirement}: ${it.message}`),
  ])
  return { said, unplayed: played.length - results.cases.length }
}

function awayIn(product: Product, { judge }: Ground): Away {
  const { scene, tester, roles, products, as } = product
  const way = wayTo(product)
  return {
    ...{ products, target: scene.address, transport: 'http' },
    open: async (peers, { branch }, meanwhile) => {
      const stage = openStage(peers, {
        ...{ judge, seed: branch.id, begins: new Date().toISOString(), meanwhile },
        outside: {
          wayTo: (to) => (products.has(to) ? way : undefined),
          quiet: () => settled(scene, tester),
        },
      })
      scene.behave(async ({ party, body }, response) => {
        const to = roles[party]
        if (to === undefined) return response.writeHead(204).end()
        const { message, status } = await stage.hear(as(to), to, await judge(Buffer.from(body)))
        const text = message === undefined ? '' : writeXml(message)
        response.writeHead(status, { 'Content-Type': 'application/xml' }).end(text)
      })
      return { ground: stage, close: async () => undefined }
    },
  }
}

function wayTo({ scene, tester, taken }: Product): Transport {
  return {
    name: 'http-xml',
    send: async (bytes) => {
      const { status, text, headers } = await scene.send(tester, bytes)
      if (/<Result>OK/.test(text)) await taken?.(bytes)
      const contentType = headers.get('content-type') ?? ''
      return { kind: 'answered', status, contentType, bytes: new TextEncoder().encode(text) }
    },
  }
}
