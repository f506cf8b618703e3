// What all commands have in common, --xsd and --config, and what they do to a judgement; and the peer of `send`.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cimgate, file, folder, read, subfolder } from './process.fixture.ts'

const test = suite('cli options')

const GOOD = 'samples/der-group-form/request.xml'
const NO_ID = 'samples/envelope/invalid/no-message-id.xml'

test('schemas list: paths as people know them, shipped and own', async () => {
  const own = subfolder('own', { 'Own.xsd': schema('urn:own', 'Own') })
  const { code, out } = await cimgate('schemas', 'list', '--xsd', own)
  assert.is(code, 0)
  assert.match(out, /^noun +part +edition/)
  assert.match(out, / xsd\/part5\/DERGroups\.change\.xsd /)
  assert.match(out, new RegExp(`Own .* imported .*${own}/Own\\.xsd`))
})

function schema(ns: string, root: string, type = 'xs:string'): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${ns}">
  <xs:element name="${root}" type="${type}"/></xs:schema>`
}

test('--xsd: a missing and an empty folder are refused, a broken file is left out, a wrong one named', async () => {
  const [empty, broken, wrong] = [
    subfolder('no-xsd'),
    subfolder('broken', { 'X.xsd': '<a', 'Own.xsd': schema('urn:own', 'Own') }),
    subfolder('wrong', { 'Own.xsd': schema('urn:own', 'Own', 'Nowhere') }),
  ]
  const message = file('own.xml', '<Own xmlns="urn:own">x</Own>')
  const [none, nothing, some, bad] = await Promise.all(
    [join(folder, 'nowhere'), empty, broken, wrong].map((it) =>
      cimgate('validate', message, '--xsd', it),
    ),
  )
  assert.match(none?.err ?? '', /nowhere: no such file or folder\.\n$/)
  assert.match(nothing?.err ?? '', /no-xsd holds no \*\.xsd file\.\n$/)
  assert.match(some?.err ?? '', /broken\/X\.xsd is left out: [<A-Z][^\n]*[^.]\.\n$/)
  assert.match(bad?.out ?? '', /engine-error[^]*wrong\/Own\.xsd:2:3: No\s+file\s+defines/)
  assert.equal([none?.code, nothing?.code, some?.code, bad?.code], [2, 2, 0, 1])
})

test('--xsd: what its files refer to in vain is told once, aside, by file, line and column', async () => {
  const text = (odd = 'urn:vain') =>
    schema(odd, 'Vain', 't:Nope').replace('<xs:schema ', `<xs:schema xmlns:t="${odd}" `)
  const [vain, odd] = [
    subfolder('vain', { 'V.xsd': text() }),
    subfolder('odd', { 'O.xsd': schema('odd', 'Odd') }),
  ]
  const message = file('vain.xml', '<Vain xmlns="urn:vain"/>')
  const [judged, converted, listed, strange] = await Promise.all([
    cimgate('validate', message, message, '--xsd', vain, '--format', 'json'),
    cimgate('convert', message, '--xsd', vain),
    cimgate('schemas', 'list', '--xsd', vain),
    cimgate('validate', message, '--xsd', odd, '--only', 'limits'),
  ])
  JSON.parse(judged.out)
  for (const { err } of [judged, converted, listed])
    assert.is(
      err.match(/V\.xsd:2:3: no file defines the type Nope of the namespace urn:vain/g)?.length,
      1,
    )
  assert.is(listed.code, 1)
  assert.match(strange.err, /O\.xsd:1:1: its targetNamespace odd is no absolute URI/)
})

test('--config: aliases read a dialect, and say so', async () => {
  const config = file(
    'aliases.yaml',
    `aliases:
  namespaces: {'http://www.iec.ch/TC57/2011/schema/message': 'http://iec.ch/TC57/2011/schema/message'}
  verbs: {Create: create}`,
  )
  const dialect = file(
    'dialect.xml',
    read(GOOD)
      .toString()
      .replace('//iec.ch/TC57/2011', '//www.iec.ch/TC57/2011')
      .replace('>create<', '>Create<'),
  )
  const args = ['validate', dialect, '--format', 'json'] as const
  const [without, withIt] = await Promise.all([
    cimgate(...args),
    cimgate(...args, '--config', config),
  ])
  assert.is(without.code, 1)
  assert.is(withIt.code, 0, withIt.out)
  const { findings } = (JSON.parse(withIt.out) as Report).files[0] ?? { findings: [] }
  assert.equal(
    findings.map((it) => `${it.rule} ${it.severity}`),
    ['ENV-ALIAS info', 'ENV-ALIAS info'],
  )
})

interface Report {
  readonly files: readonly {
    readonly findings: readonly Readonly<Record<'rule' | 'severity', string>>[]
  }[]
}

test('--config: a tolerated rule is a warning, a limit refuses, and what is wrong in it is told', async () => {
  const [tolerant, small, wrong] = [
    file('tolerant.yaml', 'tolerate: [HDR-01]'),
    file('small.yaml', 'limits: {bodyBytes: 1024}'),
    file('wrong.yaml', 'limits: {bodyByte: 1024}'),
  ]
  const [fine, large, refused, missing] = await Promise.all([
    cimgate('validate', NO_ID, '--config', tolerant),
    cimgate('validate', GOOD, '--config', small),
    cimgate('validate', GOOD, '--config', wrong),
    cimgate('schemas', 'list', '--config', 'nowhere.yaml'),
  ])
  assert.is(fine.code, 0)
  assert.match(fine.out, /warning {2}HDR-01/)
  assert.match(large.out, /refused[^]*LIM-SIZE/)
  assert.match(
    refused.err,
    /wrong\.yaml:\d+:\d+: limits\.bodyByte: there is no such key; did you mean bodyBytes\./,
  )
  assert.match(missing.err, /nowhere\.yaml cannot be read/)
  assert.equal([large.code, refused.code, missing.code], [1, 2, 2])
})

test('send: prints the reply and judges it', async () => {
  const reply = read('samples/der-group-form/reply.xml')
  const peer = createServer((request, response) => {
    const failed = request.url === '/failed'
    response.end(failed ? read('samples/der-group-form/failed-reply.xml') : reply)
  })
  await new Promise<void>((done) => peer.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
  const [ok, failed, other] = await Promise.all([
    cimgate('send', GOOD, '--to', `${url}/`),
    cimgate('send', GOOD, '--to', `${url}/failed`),
    cimgate('send', 'samples/der-group-query/request.xml', '--to', `${url}/`),
  ])
  peer.close()
  assert.is(ok.code, 0, ok.err)
  assert.is(ok.out, `${reply.toString()}\n`)
  assert.match(ok.err, 'HTTP 200; the reply is valid.')
  assert.is(failed.code, 1)
  assert.match(other.err, /COR-01: the reply carries CorrelationID/)
  const gone = await cimgate('send', GOOD, '--to', `${url}/`)
  assert.equal([gone.code, gone.out], [2, ''])
  assert.match(gone.err, /cannot be reached/)
})

test.run()
