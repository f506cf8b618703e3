import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import { hasErrors, LAYERS, place, strict } from './finding.ts'
import type { Draft, Finding } from './finding.ts'
import { numbered } from './tree.fixture.ts'

const test = suite('finding')

const DRAFT: Draft = {
  layer: 'envelope-rule',
  rule: 'HDR-01',
  severity: 'warning',
  clause: '',
  at: 2,
  expected: 'e',
  found: 'f',
  message: 'm',
  mend: 'n',
}
const ROOT = numbered(element('', 'r', [element('', 'a'), element('', 'a')]))
const placed = (draft: Draft): Finding | undefined =>
  place([draft], ROOT, (index) => ({ line: index, column: 7 }))[0]

test('gives a draft its path, line and column', () => {
  const it = placed(DRAFT)
  assert.equal([it?.path, it?.line, it?.column], ['/r/a[2]', 2, 7])
  assert.not('at' in (it ?? {}))
})

test('names the attribute that is meant', () => {
  assert.is(placed({ ...DRAFT, attribute: 'kind' })?.path, '/r/a[2]/@kind')
})

test('only errors make a message invalid; strict makes errors of warnings', () => {
  const warning = placed(DRAFT) as Finding
  const info: Finding = { ...warning, severity: 'info' }
  assert.not(hasErrors([warning, info]))
  assert.ok(hasErrors(strict([warning])))
  assert.equal(strict([info]), [info])
})

test('layers stand in the order in which they are judged', () => {
  assert.equal(LAYERS, [
    'limits',
    'wellformed',
    'envelope-xsd',
    'envelope-rule',
    'payload-xsd',
    'payload-rule',
    'business',
  ])
})

test.run()
