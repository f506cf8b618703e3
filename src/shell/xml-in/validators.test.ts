import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { schemasIn } from './xml-in.fixture.ts'
import { validatorsOf } from './validators.ts'

const test = suite('validators')
const schemas = await schemasIn()
const fileOf = (name: string) =>
  schemas.catalogue.entries.find((it) => it.file.path.endsWith(`/${name}`))?.file as SchemaFile
const GROUPS = fileOf('DERGroups.xsd')

/** A file that stands nowhere, with this content in place of its own. */
const withRoot = (name: string, type: string): SchemaFile => ({
  ...GROUPS,
  location: `/test/${name}`,
  root: {
    ...GROUPS.root,
    children: GROUPS.root.children.map((it) =>
      it.name === 'element'
        ? {
            ...it,
            attributes: [
              ...it.attributes.filter((one) => one.name !== 'type'),
              { name: 'type', ns: '', prefix: '', value: type },
            ],
          }
        : it,
    ),
  },
})

test('compiles a schema once, and tells when', () => {
  const told: (string | undefined)[] = []
  const validators = validatorsOf(schemas, { onCompile: (it) => told.push(it?.location) })
  const first = validators.of(GROUPS)
  assert.ok('schemaAddress' in first)
  assert.is(validators.of(GROUPS), first)
  assert.equal(told, [GROUPS.location, undefined])
  validators.dispose()
})

test('keeps the failure of a schema that does not compile', () => {
  const validators = validatorsOf(schemas)
  const broken = withRoot('broken.xsd', 'nope')
  const result = validators.of(broken)
  assert.ok('failure' in result)
  assert.match(result.failure, /DERGroups\.xsd:\d+:\d+: No file defines the type nope/)
  assert.is(validators.of(broken), result)
  assert.ok('schemaAddress' in validators.of(GROUPS))
  validators.dispose()
})

test('does not try what is known to be hopeless', () => {
  const hopeless = new Map([[GROUPS.location, 'it took too long']])
  const validators = validatorsOf(schemas, { hopeless })
  assert.equal(validators.of(GROUPS), { failure: 'it took too long' })
  assert.ok('schemaAddress' in validators.of(fileOf('Message.xsd')))
  validators.dispose()
})

test('compiles anew after it was released', () => {
  const validators = validatorsOf(schemas)
  const first = validators.of(GROUPS)
  validators.dispose()
  assert.is.not(validators.of(GROUPS), first)
  validators.dispose()
  validators.dispose()
})

test.run()
