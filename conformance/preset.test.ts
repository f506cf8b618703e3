// The presets with a distributed and a third-party DERMS between the parties of the scenarios: each party is played by the
// tester, and each message between two of them takes the way that the routes of the preset give it. Customers ask at a portal
// of Customer Support; what they are told comes through the gateway. Of S-4-2 they play what ends at Engineering, which in a
// preset hands over by itself what it has approved.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../src/index.ts'
import type { Cimgate } from '../src/index.ts'
import { openArchitecture } from '../src/serve/architecture.fixture.ts'
import type { Architecture } from '../src/serve/architecture.fixture.ts'
import type { Preset } from '../src/serve/flows.fixture.ts'
import { settled } from '../src/serve/orchestration.fixture.ts'
import { answerOk } from '../src/serve/scene.fixture.ts'
import { act } from './engine/acting.ts'
import { castOf } from './engine/pair.ts'
import { textAt } from './find.ts'
import { openStage } from './peers/stage.ts'
import type { Stage } from './peers/stage.ts'
import { writeXml } from './peers/write.ts'
import { readRegister } from './register.ts'
import { playedOf } from './script.ts'
import type { Played } from './script.ts'
import { foundIn } from './selftest/branches.ts'
import { groundOf } from './selftest/playing.ts'
import type { Ground } from './selftest/playing.ts'
import type { Role } from './shapes.ts'
import type { Transport } from './transport/answer.ts'
import { loadXml } from './xml.ts'
import type { Node } from './xml.ts'

/** A preset, and what of it the messages of the scripts do not say. */
interface Deployment {
  readonly preset: Preset
  readonly branches: RegExp
  /** who plays what */
  readonly parties: Readonly<Partial<Record<Role, string>>>
  /** of its parties */
  readonly members: Readonly<Record<string, string>>
  /** in the registration of a DER: before ServiceRequest, and before UsagePoint */
  readonly place: string
  readonly provider: string
}

const OWNED: Readonly<Partial<Record<Role, string>>> = {
  ...{ CUST: 'customer', CIS: 'dso-cs', ENG: 'dso-eng', OPS: 'dso-ops', WMS: 'wms' },
}
const DEPLOYMENTS: readonly Deployment[] = [
  {
    preset: 'distributed',
    branches: /^S-4-(1\/(connected|no-study|withdrawn)|2\/infeasible|3\/agreed)$/,
    parties: { ...OWNED, DCS: 'dso-cs' },
    members: { 'dso-derms:north': 'serves: [North]' },
    place:
      '<NetworkLocation><substation><Names><name>North</name></Names></substation></NetworkLocation>',
    provider: '',
  },
  {
    preset: 'third-party',
    branches: /^S-4-([13]\/|2\/infeasible$)/,
    parties: { ...OWNED, DCS: 'tp:acme:cs' },
    members: {},
    place: '',
    provider: '<thirdPartyProvider><Names><name>ACME</name></Names></thirdPartyProvider>',
  },
]

const test = suite('conformance of presets')
let cimgate: Cimgate
let ground: Ground
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  ground = groundOf(readRegister(), cimgate, 'seed')
})
test.after(() => cimgate.close())

/** The messages of the scripts, with what the deployment asks for besides. */
function payloadIn({ place, provider }: Deployment) {
  return (name: string) => {
    const text = ground.register.payload(name)
    const owned = provider === '' ? text : text.replaceAll('{{name provider}}', 'ACME')
    if (!text.includes('<DERRegistration>')) return owned
    return owned
      .replace('<ServiceRequest>', `${place}<ServiceRequest>`)
      .replace('<UsagePoint>', `${provider}<UsagePoint>`)
  }
}

/** The same message in another envelope. */
function isSame(a: Node | undefined, b: Node | undefined): boolean {
  const places = ['Header/Verb', 'Header/Noun', 'Payload/*/*/mRID', 'Payload/*/*/*/mRID']
  return places.every((it) => textAt(a, it) === textAt(b, it))
}

/** Each party writes its own name. */
function named(bytes: Uint8Array, party: string): string {
  return Buffer.from(bytes)
    .toString()
    .replace(/<([\w:]*)Source>[^<]*/, `<$1Source>${party}`)
}

/** A party sends to the gateway whatever it has to say to another. */
function wayFor(party: string, scene: Architecture): Transport {
  return {
    name: 'http-xml',
    send: async (bytes) => {
      const { status, text, headers } = await scene.send(party, named(bytes, party))
      const contentType = headers.get('content-type') ?? ''
      return { kind: 'answered', status, contentType, bytes: new TextEncoder().encode(text) }
    },
  }
}

/** What the gateway sends is heard by whom it has come to; what no party of the script has sent, it has made up. */
function listen(scene: Architecture, stage: Stage, { parties }: Deployment): readonly string[] {
  const strays: string[] = []
  scene.behave(async ({ party, body }, response) => {
    const judged = await ground.judge(Buffer.from(body))
    const same = stage.passed.filter(({ message }) => isSame(message.root, judged.root))
    const own = same.findLast(({ to }) => parties[to] === party)
    if (same.length === 0 && Object.values(parties).includes(party))
      strays.push(
        `${party} hears ${textAt(judged.root, 'Header/Verb')} ${textAt(judged.root, 'Header/Noun')}`,
      )
    // Whoever else is told takes it, and acknowledges what asks for that.
    if (own === undefined)
      return answerOk(response, body.replaceAll('EventMessage', 'RequestMessage'))
    const said = stage.arrive(own.to, judged)
    const text = said?.message === undefined ? '' : writeXml(said.message)
    response.writeHead(said?.status ?? 204, { 'Content-Type': 'application/xml' }).end(text)
  })
  return strays
}

/** Requirements that are not met in a branch, and what came that nobody has sent. */
async function foundOver(scene: Architecture, deployment: Deployment, played: Played) {
  const { parties } = deployment
  const isDirect = (to: Role, from: Role) => from === 'CUST' || parties[to] === parties[from]
  let strays: readonly string[] = []
  const acted = await act(played, {
    ...{ seed: played.branch.id, payload: payloadIn(deployment), products: new Set<never>() },
    open: async (meanwhile) => {
      const stage = openStage(castOf(played), {
        ...{
          judge: ground.judge,
          seed: played.branch.id,
          begins: new Date().toISOString(),
          meanwhile,
        },
        outside: {
          wayTo: (to, from) =>
            isDirect(to, from) ? undefined : wayFor(parties[from] ?? '', scene),
          quiet: () => settled(scene, 'operator'),
        },
      })
      strays = listen(scene, stage, deployment)
      return { ground: stage, close: async () => undefined }
    },
  })
  return [acted.unprepared ?? [], foundIn(acted, ground), strays].flat()
}

for (const deployment of DEPLOYMENTS)
  test(`S-4-1, S-4-2, S-4-3: the ways of the preset ${deployment.preset} are those of the scenarios`, async () => {
    const { preset, members, branches } = deployment
    const scene = await openArchitecture(preset, { isXml: true, members })
    try {
      const all = ground.register.scripts.flatMap(playedOf)
      const own = all.filter(({ branch }) => branches.test(branch.id))
      assert.ok(own.length > 4)
      for (const it of own)
        assert.equal(await foundOver(scene, deployment, it), [], `${preset}: ${it.branch.id}`)
    } finally {
      await scene.close()
    }
  })

test.run()
