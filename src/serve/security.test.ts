// A small selection of what `npm run test:security` does at length: the same functions, with smaller numbers.

import { suite } from 'uvu'
import { endAll } from './process.fixture.ts'
import { assertHeld, attacked } from './security/attack.fixture.ts'
import { ATTACKS } from './security/attacks.fixture.ts'

const test = suite('serve: security')
test.after(endAll)

for (const attack of ATTACKS.filter((it) => it.few !== undefined))
  test(`${attack.id}: ${attack.about}`, async () => {
    assertHeld(await attacked(attack, { full: false, seed: 1 }))
  })

test.run()
