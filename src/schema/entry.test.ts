import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueOf } from './catalogue.ts'
import { filesOf } from './schema.fixture.ts'

const test = suite('entry')

const schema = (ns: string, count: number) => {
  const elements = Array.from({ length: count }, (_, at) => `<xs:element name="E${at}"/>`).join('')
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:${ns}">${elements}</xs:schema>`
}

/** How often the catalogue looks where its files are, for one file of so many elements among ten others. */
function visits(count: number): number {
  const others = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`/1/${at}.xsd`, schema(`o${at}`, 2)]),
  )
  let seen = 0
  const files = filesOf({ ...others, '/1/Many.xsd': schema('many', count) }).map((it) => ({
    ...it,
    get location() {
      seen += 1
      return it.location
    },
  }))
  const { isNoun } = catalogueOf(files)
  assert.ok(isNoun(`E${count - 1}`))
  return seen
}

test('asks for each root once who holds it, however many files stand beside', () => {
  const [some, more] = [visits(100), visits(200)]
  // One more look for each root, to see whether its file is named after it.
  assert.ok(more - some <= 3 * 100, `${some} looks for 100 roots, ${more} for 200`)
})

test.run()
