// Whose word counts, in each deployment.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from './party.ts'
import type { Party, Topology } from './party.ts'
import { hasRole, isOwn, isThere } from './spoken-for.ts'

const test = suite('spoken for')

const party = (id: string) => ({ id }) as Party
const BY = ['derms-cs', 'derms']

test('a role is that of a party by its own name, by an alias, and by one with the provider in it', () => {
  const aliases = { 'derms-cs': 'tp:{provider}:cs', derms: 'dso-derms' }
  assert.ok(hasRole('tp:acme:cs', BY, { aliases }))
  assert.ok(hasRole('dso-derms', BY, { aliases }))
  assert.ok(hasRole('derms-cs', BY, { aliases: {} }))
  assert.not.ok(hasRole('dso-dms', BY, { aliases }))
  assert.not.ok(hasRole('tp:acme:derms', BY, { aliases }))
  const topology: Topology = { ...LOCAL, aliases, parties: [party('dso-dms')] }
  assert.not.ok(isThere(BY, topology))
  assert.ok(isThere(BY, { ...topology, parties: [party('tp:other:cs')] }))
})

test('our own word counts where the DERMS is the DSO’s, and where there are no parties', () => {
  const parties = [party('dso-dms')]
  const own = (deployment: Topology['deployment']) => isOwn({ ...LOCAL, parties, deployment })
  assert.ok(isOwn(LOCAL))
  assert.equal((['centralized', 'distributed', 'third-party', 'local'] as const).map(own), [
    true,
    true,
    false,
    false,
  ])
})

test.run()
