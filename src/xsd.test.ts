// Every file of xsd/ keeps the rules of xsd/README.md: its row in the provenance table, named and documented types,
// nothing imported, and a change variant that asks for no more than the constrained one.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute } from './envelope/element.ts'
import type { Element } from './envelope/element.ts'
import { ROOT, listFiles } from './layers/sources.fixture.ts'
import { MESSAGE_NS } from './envelope/namespaces.ts'
import { describedBy, documented } from './schema/documentation.ts'
import { tree } from './schema/schema.fixture.ts'

const test = suite('xsd')

const README = readFileSync(`${ROOT}xsd/README.md`, 'utf8')
const FILES = listFiles('xsd').filter((it) => it.endsWith('.xsd'))

/** Parts whose documentation refers to the CIM element by element; drafts.test.ts sees to the drafts. */
const REFERRING = /^xsd\/part[69]\//

const STATUSES = ['published edition', 'official shape', 'third-party shape', 'draft']

function read(path: string): Element {
  return tree(readFileSync(`${ROOT}${path}`, 'utf8'))
}

function nameOf(it: Element): string {
  return attribute(it, 'name') ?? ''
}

/** The rows of the provenance table: file, noun, part, edition, variant, namespace, status, facts. */
function rowsIn(readme: string): readonly (readonly string[])[] {
  const cells = (row: string) => row.split('|').map((it) => it.trim().replace(/^`(.*)`$/, '$1'))
  const rows = readme.match(/^\| `[\w-]+\/[\w.]+\.xsd` \|.*$/gm) ?? []
  return rows.map((row) => cells(row).slice(1, -1))
}

/** What the table has of a file that its name and content tell: file, noun, variant, namespace. */
function factsOf(path: string, root: Element): readonly string[] {
  const ns = attribute(root, 'targetNamespace') ?? ''
  const file = path.replace(/^xsd\//, '')
  const variant = /\.change\.xsd$/.test(file) ? 'unconstrained' : 'constrained'
  const noun = /(\w+)(\.change)?\.xsd$/.exec(file)?.[1] ?? ''
  return ns === MESSAGE_NS ? [file, '–', '–', ns] : [file, noun, variant, ns]
}

/** What is in the files and not in the table, and the other way round. */
function unequal(readme: string, files: readonly string[]): readonly string[] {
  const facts = files.map((path) => factsOf(path, read(path)).join(' '))
  const rows = rowsIn(readme).map((it) => [it[0], it[1], it[4], it[5]].join(' '))
  return [
    ...facts.filter((it) => !rows.includes(it)).map((it) => `no row: ${it}`),
    ...rows.filter((it) => !facts.includes(it)).map((it) => `no such file: ${it}`),
    ...rows.filter((it, at) => rows.indexOf(it) !== at).map((it) => `twice: ${it}`),
  ]
}

/** What breaks a rule for the text of a schema. */
function faultsOf(path: string, root: Element): readonly string[] {
  const facts: readonly (readonly [boolean, string])[] = [
    [attribute(root, 'elementFormDefault') === 'qualified', 'elements are not qualified'],
    [attribute(root, 'version') !== undefined, 'has no version'],
    [describedBy(root).documentation !== '', 'does not say what it is and where it comes from'],
    [
      !root.children.some((it) => /^(import|include|redefine)$/.test(it.name)),
      'needs another file',
    ],
  ]
  const isPayload = attribute(root, 'targetNamespace') !== MESSAGE_NS
  return [
    ...facts.filter(([holds]) => !holds).map(([, fault]) => fault),
    ...(isPayload ? nested(root).map((it) => `${it.name} without a name`) : []),
    ...(isPayload ? undocumented(root) : []),
    ...(REFERRING.test(path) ? unreferred(root) : []),
  ].map((it) => `${path}: ${it}`)
}

/** Types that stand inside something. */
function nested(it: Element): readonly Element[] {
  const types = it.children.filter((at) => /^(complex|simple)Type$/.test(at.name))
  return [...types.filter((at) => nameOf(at) === ''), ...it.children.flatMap(nested)]
}

/** Global components without a word; an element may leave it to its type. */
function undocumented(root: Element): readonly string[] {
  const named = new Map(root.children.map((it) => [`${it.name} ${nameOf(it)}`, it]))
  const isSilent = (it: Element | undefined) =>
    it === undefined || describedBy(it).documentation === ''
  const typeOf = (it: Element) =>
    named.get(`complexType ${(attribute(it, 'type') ?? '').replace(/^\w+:/, '')}`)
  return root.children
    .filter((it) => it.name !== 'annotation' && isSilent(it))
    .filter((it) => it.name !== 'element' || isSilent(typeOf(it)))
    .map((it) => `${nameOf(it)} undocumented`)
}

/** Elements, attributes and types that say neither what they stand for in the CIM nor that there is nothing. */
function unreferred(it: Element): readonly string[] {
  const isOne = /^(element|attribute|complexType|simpleType)$/.test(it.name)
  const { text, cim } = documented(describedBy(it))
  const bare = isOne && (text === '' || !/^(stated|none)$/.test(cim.source))
  return [
    ...(bare ? [`${nameOf(it)} lacks its CIM reference`] : []),
    ...it.children.flatMap(unreferred),
  ]
}

/** One line for each particle and attribute, type by type, without what may differ between variants. */
function skeleton(it: Element, owner = ''): readonly string[] {
  const here = /Type$/.test(it.name) && owner === '' ? nameOf(it) : owner
  const what = ['name', 'type', 'base', 'value', 'maxOccurs'].map((at) => attribute(it, at) ?? '')
  const own = it.name === 'annotation' ? [] : [[here, it.name, ...what].join(' ')]
  return it.name === 'annotation'
    ? []
    : [...own, ...it.children.flatMap((at) => skeleton(at, here))]
}

/** In the order of `skeleton`: how often each has to be there. */
function demands(it: Element): readonly number[] {
  if (it.name === 'annotation') return []
  return [Number(attribute(it, 'minOccurs') ?? 1), ...it.children.flatMap(demands)]
}

test('every schema has its row in the provenance table, and every row its schema', () => {
  assert.equal(unequal(README, FILES), [], 'mend the table in xsd/README.md')
})

test('the table knows four statuses, and every folder is described', () => {
  assert.equal(
    rowsIn(README).filter((it) => it.length !== 8 || !STATUSES.includes(it[6] ?? '')),
    [],
  )
  const folders = [...new Set(FILES.map((it) => it.split('/')[1]))]
  assert.equal(
    folders.filter((it) => !README.includes(`| \`${it}/\` |`)),
    [],
  )
})

test('every schema stands alone, names its types and documents them', () => {
  assert.equal(
    FILES.flatMap((path) => faultsOf(path, read(path))),
    [],
  )
})

test('a change variant has the content of the constrained one, and asks for no more', () => {
  const pairs = FILES.filter((it) => it.endsWith('.change.xsd'))
  assert.ok(pairs.length > 0)
  for (const path of pairs) {
    const [loose, strict] = [read(path), read(path.replace('.change', ''))]
    assert.equal(skeleton(loose).slice(1), skeleton(strict).slice(1), path)
    const strictly = demands(strict)
    assert.not(
      demands(loose).some((it, at) => it > (strictly[at] ?? 0)),
      path,
    )
  }
})

const GOOD = 'xsd/part6/WorkRequests.xsd'
const PLANTED: readonly (readonly [string, string | RegExp, string])[] = [
  ['not qualified', 'elementFormDefault="qualified"', ''],
  ['no version', ' version="2015-epri"', ''],
  ['needs another file', '<xs:element name="WorkRequests"', '<xs:import/>$&'],
  ['without a name', '<xs:complexType name="Priority">', '<xs:complexType>'],
  ['Priority undocumented', /(name="Priority">\s*)<xs:annotation>.*?<\/xs:annotation>/s, '$1'],
  ['lacks its CIM reference', ' CIM: IdentifiedObject.mRID.', ''],
]

for (const [fault, from, to] of PLANTED) {
  test(`a planted fault is found: ${fault}`, () => {
    const good = readFileSync(`${ROOT}${GOOD}`, 'utf8')
    const text = good.replace(from, to)
    assert.not.equal(text, good)
    const found = faultsOf(GOOD, tree(text))
    assert.ok(
      found.some((it) => it.includes(fault)),
      found.join('\n'),
    )
  })
}

test('a planted difference between table and files is found', () => {
  const [, ...others] = FILES
  assert.is(unequal(README, others).length, 1)
  const changed = README.replace('| constrained |', '| unconstrained |')
  assert.is(unequal(changed, FILES).length, 2)
  assert.is(unequal(README.replace('2015/ServiceOrders#', '2014/ServiceOrders#'), FILES).length, 2)
})

test.run()
