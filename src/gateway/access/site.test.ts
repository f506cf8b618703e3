// Which requests are those of a page of another site: by method, Host and Origin.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../parties/party.ts'
import { party, topologyOf } from './parties.fixture.ts'
import { strayed } from './site.ts'

const test = suite('access: site')

const WITH = topologyOf([party('dms')], {
  access: { ...LOCAL.access, origins: ['https://dashboard.example'] } as never,
})
const OWN = 'https://cim.utility.example'
const HOST = '127.0.0.1:8080'

/** [method, Host, Origin, publicUrl, whether it is served without parties, whether with them] */
const REQUESTS: readonly (readonly [
  method: string,
  host: string | undefined,
  origin: string | undefined,
  publicUrl: string,
  without: boolean,
  with_: boolean,
])[] = [
  ['GET', HOST, undefined, '', true, true],
  ['POST', HOST, undefined, '', true, true],
  ['POST', 'localhost', 'http://localhost', '', true, true],
  ['POST', '[::1]:8080', 'http://[::1]:8080', '', true, true],
  ['GET', undefined, undefined, '', true, true],
  ['GET', 'evil.test:8080', undefined, '', false, true],
  ['POST', 'evil.test:8080', 'http://evil.test:8080', '', false, true],
  ['GET', 'localhost.evil.test', undefined, '', false, true],
  ['GET', 'a b', undefined, '', false, true],
  ['GET', '10.0.0.7:8080', undefined, '', false, true],
  ['POST', HOST, 'http://evil.test', '', false, false],
  ['PATCH', HOST, 'http://127.0.0.1:8081', '', false, false],
  ['DELETE', HOST, 'null', '', false, false],
  ['GET', HOST, 'http://evil.test', '', true, true],
  ['GET', 'cim.utility.example', undefined, OWN, true, true],
  ['POST', HOST, OWN, OWN, true, true],
  ['POST', HOST, 'http://cim.utility.example', OWN, false, false],
  ['POST', HOST, 'https://dashboard.example', '', false, true],
]

for (const [method, host, origin, publicUrl, ...served] of REQUESTS)
  test(`${method} of a page of ${origin ?? 'nobody'} at ${host}, publicUrl ${publicUrl || 'none'}`, () => {
    const headers = {
      ...(host === undefined ? {} : { host }),
      ...(origin === undefined ? {} : { origin }),
    }
    const all = [LOCAL, WITH].map((it) =>
      strayed(method, headers, { topology: () => it, publicUrl }),
    )
    assert.equal(
      all.map((it) => it === undefined),
      served,
    )
    for (const why of all) if (why !== undefined) assert.match(why, /publicUrl|access\.origins/)
  })

test.run()
