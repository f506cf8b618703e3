import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { party, topologyOf } from '../access/parties.fixture.ts'
import { servingOf } from './provider.ts'

const test = suite('providers')

const third = topologyOf(
  [
    party('dso-cs', { org: 'DSO' }),
    party('tp:acme:cs', { org: 'ACME', serves: ['0B0C0D0E-0000-4000-8000-000000000001'] }),
    party('tp:acme:derms', { org: 'ACME' }),
    party('tp:beta:cs', { org: 'Beta' }),
  ],
  { aliases: { derms: 'tp:{provider}:derms' } },
)
const areas = topologyOf(
  [
    party('dso-dms', { org: 'DSO' }),
    party('dso-derms:north', { org: 'DSO', serves: ['Substation 7', 'Feeder 1247'] }),
    party('dso-derms:south', { org: 'DSO', serves: ['Substation 9'] }),
  ],
  { aliases: { derms: 'dso-derms:{provider}' } },
)

test('a provider serves what bears its name, that of its organisation, and what the configuration says', () => {
  assert.is(servingOf(['acme'], third), 'tp:acme:cs')
  assert.is(servingOf(['ACME'], third), 'tp:acme:cs')
  assert.is(servingOf(['0b0c0d0e-0000-4000-8000-000000000001'], third), 'tp:acme:cs')
  assert.is(servingOf(['Beta'], third), 'tp:beta:cs')
})

test('who is no provider serves nobody, and nobody serves what is not named', () => {
  assert.is(servingOf(['DSO'], third), undefined)
  assert.is(servingOf(['gamma'], third), undefined)
  assert.is(servingOf([], third), undefined)
})

test('an area serves its substations and feeders, the nearest first', () => {
  assert.is(servingOf(['Feeder 1247', 'Substation 9'], areas), 'dso-derms:north')
  assert.is(servingOf(['T-17', 'Substation 9'], areas), 'dso-derms:south')
  assert.is(servingOf(['north'], areas), 'dso-derms:north')
})

test('what several serve nobody can tell', () => {
  assert.is(servingOf(['DSO'], areas), undefined)
})

test.run()
