import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { intersected, united, wildcard } from './wildcard.ts'
import { admits } from '../model.ts'
import type { Namespaces, Wildcard } from '../model.ts'
import { T, tree } from '../schema.fixture.ts'

const test = suite('compile-wildcard')

const of = (text: string, process = ''): Wildcard => {
  const node = tree(`<any namespace="${text}" ${process}/>`)
  return wildcard({ node, document: { location: '', root: node, targetNamespace: T } })
}

/** attribute, what it means */
const TABLE: readonly (readonly [string, Namespaces])[] = [
  ['##any', { kind: 'any' }],
  ['##other', { kind: 'other', ns: T }],
  ['##local', { kind: 'list', list: [''] }],
  ['##targetNamespace', { kind: 'list', list: [T] }],
  [' urn:a  ##local ##targetNamespace', { kind: 'list', list: ['urn:a', '', T] }],
  ['', { kind: 'list', list: [] }],
]

test('reads the namespace attribute', () => {
  for (const [text, namespaces] of TABLE) assert.equal(of(text).namespaces, namespaces, text)
})

test('is strict and open to all where nothing is said', () => {
  const node = tree('<any/>')
  const made = wildcard({ node, document: { location: '', root: node, targetNamespace: T } })
  assert.equal(made, { namespaces: { kind: 'any' }, process: 'strict' })
  assert.is(of('##any', 'processContents="lax"').process, 'lax')
})

const SPACES = ['', T, 'urn:a', 'urn:b']
const ALL = [
  '##any',
  '##other',
  '##local',
  '##targetNamespace',
  'urn:a',
  'urn:a urn:b',
  `##local ${T}`,
]

/** The namespaces of a few that it admits. */
const admitted = (it: Wildcard | undefined) =>
  SPACES.filter((ns) => it !== undefined && admits(it, ns))

test('two together admit what either admits', () => {
  for (const a of ALL)
    for (const b of ALL) {
      // "Any but the target" with "none" cannot be written in XML Schema 1.0 (Part 1 §3.10.6).
      if ([a, b].includes('##other') && [a, b].includes('##local')) continue
      const either = SPACES.filter((ns) => admits(of(a), ns) || admits(of(b), ns))
      assert.equal(admitted(united(of(a), of(b))), either, `${a} + ${b}`)
    }
})

test('one after the other admits what both admit', () => {
  for (const a of ALL)
    for (const b of ALL) {
      const both = SPACES.filter((ns) => admits(of(a), ns) && admits(of(b), ns))
      assert.equal(admitted(intersected(of(a), of(b))), both, `${a} * ${b}`)
    }
})

test('other namespaces of two targets are all but none, or both of them', () => {
  const other = (ns: string): Wildcard => ({ namespaces: { kind: 'other', ns }, process: 'lax' })
  assert.equal(united(other('urn:a'), other('urn:b'))?.namespaces, { kind: 'other', ns: '' })
  assert.equal(intersected(other(''), other('urn:b'))?.namespaces, { kind: 'other', ns: 'urn:b' })
})

test('with one alone there is nothing to join', () => {
  const one = of('urn:a')
  assert.is(united(one, undefined), one)
  assert.is(united(undefined, one), one)
  assert.is(intersected(one, undefined), one)
  assert.is(intersected(undefined, undefined), undefined)
})

test.run()
