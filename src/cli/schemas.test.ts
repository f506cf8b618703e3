// cimgate schemas list, import and diff, as a user runs them; and the commands over what has been imported.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../main/library.ts'
import type { Cimgate } from '../main/library.ts'
import { writeJson } from '../schema/json-text.ts'
import { SETS, el, schema, type } from '../schema/sets.fixture.ts'
import type { Files } from '../schema/sets.fixture.ts'
import { ROOT, cimgate, file, folder, subfolder } from './process.fixture.ts'

const test = suite('cli schemas')

function written(name: string, files: Files): string {
  const place = join(folder, name)
  for (const [at, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, at)), { recursive: true })
    writeFileSync(join(place, at), text)
  }
  return place
}

for (const [title, { files, nouns, key }] of Object.entries(SETS))
  test(`import: ${title}`, async () => {
    const name = title.replaceAll(/\W+/g, '-')
    const [source, data] = [written(`set-${name}`, files), join(folder, `data-${name}`)]
    const { code, out, err } = await cimgate('schemas', 'import', source, '--data', data)
    assert.is(code, 0, `${out}${err}`)
    assert.match(out, new RegExp(`imported as ${key} into .*: ${Object.keys(files).length} file`))
    const found = new Set(
      out
        .split('\n')
        .slice(1)
        .flatMap((it) => /^(\w+) +\S*$|^(\w+)  /.exec(it)?.[2] ?? []),
    )
    assert.equal([...found].sort(), nouns)
    const kept = join(data, 'schemas', key)
    for (const [at, text] of Object.entries(files))
      assert.is(readFileSync(join(kept, at), 'utf8'), text, at)
    const listed = await cimgate('schemas', 'list', '--data', data, '--format', 'json')
    const rows = JSON.parse(listed.out) as readonly Record<'noun' | 'key' | 'status', string>[]
    const own = rows.filter((it) => it.status === 'imported')
    assert.equal([...new Set(own.map((it) => it.noun))].sort(), nouns)
    assert.ok(own.every((it) => it.key === key))
    const library = await openCimgate({ xsd: [], data })
    for (const noun of nouns) await roundTrip(noun, library)
    await library.close()
  })

/** Samples of every verb that the noun has, judged, and converted into XML and back. */
async function roundTrip(noun: string, { sample, convert, validate }: Cimgate): Promise<void> {
  const verbs = noun.startsWith('Get')
    ? ['get']
    : ['create', 'change', 'deleted', 'reply', 'execute']
  for (const verb of verbs) {
    const json = Buffer.from(writeJson(sample(noun, { verb, seed: 1 }) ?? null))
    const xml = await convert(json, 'xml')
    assert.ok('text' in xml, `${noun} ${verb}`)
    const judged = await validate(Buffer.from(xml.text))
    assert.equal(judged.findings, [], `${noun} ${verb}`)
    const back = await convert(Buffer.from(xml.text), 'json')
    assert.ok('text' in back && (await convert(Buffer.from(back.text), 'xml')), noun)
  }
}

const NS = 'http://iec.ch/TC57/2020/DERGroupQueries#'
const QUERIES = schema(
  NS,
  el('DERGroupQueries', 'm:DERGroupQueries') +
    type('DERGroupQueries', el('EndDeviceGroup', 'm:EndDeviceGroup', 'maxOccurs="5"')) +
    type('EndDeviceGroup', el('mRID', 'xs:token'), el('name', 'xs:string', 'minOccurs="0"')),
)

test('import: a noun of which there can be no sample is told, and its set kept: it judges messages', async () => {
  const data = join(folder, 'data-endless')
  const endless = schema(
    'urn:endless',
    el('Endless', 'm:T') + type('T', el('x', 'm:T')) + el('Plain', 'xs:int'),
  )
  const source = subfolder('endless-set', { 'E.xsd': endless })
  const { code, err } = await cimgate('schemas', 'import', source, '--data', data)
  assert.is(code, 0)
  assert.match(err, /E\.xsd: no sample of Endless can be made: \S+E\.xsd:\d+:\d+: A sample of/)
  assert.not.match(err, 'Plain')
})

test('import: a broken set is not kept, and each finding says where it is and what to do', async () => {
  const data = join(folder, 'data-broken')
  const source = subfolder('broken-set', {
    'A.xsd': `<a`,
    'B.xsd': schema('urn:b', '<xs:include\n  schemaLocation="Gone.xsd"/>'),
    'C.xsd': schema(
      'urn:c',
      '<xs:import namespace="urn:nowhere"/><xs:element name="C" type="n:T"/>',
      'xmlns:n="urn:nowhere"',
    ),
  })
  const { code, out } = await cimgate('schemas', 'import', source, '--data', data)
  assert.is(code, 1)
  assert.match(out, /A\.xsd: .*<a/)
  assert.match(out, /B\.xsd:3:\d+: the include of Gone\.xsd is not in the folder; add Gone\.xsd\./)
  assert.match(
    out,
    /C\.xsd:3:\d+: the import of urn:nowhere .*; add a file whose targetNamespace is urn:nowhere\./,
  )
  assert.match(out, /3 findings: nothing of .* is imported/)
  const wrong = subfolder('wrong-set', {
    'A.xsd': schema('urn:a', el('A', 'm:Nowhere')),
    'B.xsd': schema('urn:b', el('B', 'xs:string')),
  })
  const compiled = await cimgate('schemas', 'import', wrong, '--data', data)
  assert.is(compiled.code, 1)
  assert.match(compiled.out, /^\S+A\.xsd:\d+:\d+: No file defines the type Nowhere/)
  const types = subfolder('types-set', {
    'A.xsd': schema('urn:a', type('A', el('a', 'xs:string'))),
  })
  const useless = await cimgate('schemas', 'import', types, '--data', data)
  assert.is(useless.code, 1)
  assert.match(useless.out, /No file declares a payload/)
  assert.throws(() => readdirSync(join(data, 'schemas')), /ENOENT/)
})

test('import: what cannot be read, and keys that cannot be used, are usage', async () => {
  const source = subfolder('good-set', { 'Q.xsd': QUERIES })
  const data = join(folder, 'data-keys')
  const all = await Promise.all([
    cimgate('schemas', 'import', join(folder, 'nowhere'), '--data', data),
    cimgate('schemas', 'import', '--data', data),
    cimgate('schemas', 'import', source, '--as', '../x', '--data', data),
    cimgate('schemas', 'import', source, '--as', 'shipped', '--data', data),
  ])
  assert.equal(
    all.map((it) => it.code),
    [2, 2, 2, 2],
  )
  assert.match(all[2]?.err ?? '', /\.\.\/x is no edition key; .*--as KEY/)
})

test('import, list, choose, diff and shadow', async () => {
  const source = subfolder('edition-set', { 'Q.xsd': QUERIES })
  const data = join(folder, 'data-editions')
  const run = (...args: readonly string[]) => cimgate(...args, '--data', data)
  const first = await run('schemas', 'import', source)
  assert.is(first.code, 0, first.out + first.err)
  assert.match(first.out, /imported as iec-61968-5@2020/)
  assert.match(first.out, /DERGroupQueries .* 1 added, 1 missing, 2 constrained, 1 changed/)
  const [again, replaced] = [
    await run('schemas', 'import', source),
    await run('schemas', 'import', source, '--replace'),
  ]
  assert.equal([again.code, replaced.code], [2, 0])
  assert.match(again.err, /has a set iec-61968-5@2020 already/)

  const uses = async (config?: string) => {
    const { out, code, err } = await run(
      'schemas',
      'list',
      '--format',
      'json',
      ...(config === undefined
        ? []
        : ['--config', file(`${config}.yaml`, `schemas: {DERGroupQueries: "${config}"}`)]),
    )
    assert.is(code, 0, err)
    const rows = JSON.parse(out) as readonly { noun: string; key: string; selected: boolean }[]
    return rows
      .filter((it) => it.noun === 'DERGroupQueries')
      .map((it) => `${it.key} ${it.selected}`)
  }
  assert.equal(await uses(), ['iec-61968-5@2020 true', 'iec-61968-5@2017 false'])
  for (const choice of ['2017', 'shipped', 'iec-61968-5@2017'])
    assert.equal(await uses(choice), ['iec-61968-5@2020 false', 'iec-61968-5@2017 true'], choice)

  const wrong = await run(
    'schemas',
    'list',
    '--config',
    file('none.yaml', 'schemas: {DERGroupQueries: 1999}'),
  )
  assert.is(wrong.code, 2)
  assert.match(
    wrong.err,
    /none\.yaml: schemas\.DERGroupQueries: there is no edition 1999 of DERGroupQueries; there are iec-61968-5@2020, iec-61968-5@2017, shipped\./,
  )

  const diff = await run('schemas', 'diff', 'DERGroupQueries')
  assert.is(diff.code, 1)
  assert.match(diff.out, /\+ +\/DERGroupQueries\/EndDeviceGroup\/name +added/)
  assert.match(
    diff.out,
    /< +\/DERGroupQueries\/EndDeviceGroup\/mRID +constrained +cardinality +0\.\.1 +1\.\.1/,
  )
  const json = JSON.parse(
    (
      await run(
        'schemas',
        'diff',
        'DERGroupQueries',
        '--edition',
        'iec-61968-5@2020',
        '--format',
        'json',
      )
    ).out,
  ) as { differences: readonly { path: string; kind: string }[] }
  assert.ok(
    json.differences.some(
      (it) => it.kind === 'missing' && it.path === '/DERGroupQueries/EndDeviceGroup/Names',
    ),
  )
  const none = await Promise.all([
    run('schemas', 'diff', 'DERGroups'),
    run('schemas', 'diff', 'DERGroupz'),
    run('schemas', 'diff'),
    run('schemas', 'diff', 'DERGroupQueries', '--edition', 'x'),
  ])
  assert.equal(
    none.map((it) => it.code),
    [2, 2, 2, 2],
  )

  // A folder of --xsd comes before the set, and what it hides is told.
  const shadowing = await run(
    'schemas',
    'list',
    '--xsd',
    subfolder('shadow', { 'Mine.xsd': QUERIES }),
  )
  assert.match(shadowing.out, /DERGroupQueries +5 +iec-61968-5@2020 +shadowed/)
  assert.match(shadowing.out, /DERGroupQueries +– +iec-tc57@2020 +selected/)

  // A file that is not the one that was imported judges nothing.
  writeFileSync(
    join(data, 'schemas', 'iec-61968-5@2020', 'Q.xsd'),
    QUERIES.replace('xs:token', 'xs:string'),
  )
  const changed = await run('schemas', 'list')
  assert.is(changed.code, 1)
  assert.match(changed.err, /Q\.xsd is left out: it is not the file that was imported/)
})

test('diff: no difference is exit 0', async () => {
  const { out } = await cimgate('sample', 'DERGroupStatuses')
  assert.match(out, 'DERGroupStatuses')
  const same = readFileSync('xsd/part5/DERGroupStatuses.xsd', 'utf8').replaceAll(
    'TC57/2017',
    'TC57/2020',
  )
  const { code, out: text } = await cimgate(
    'schemas',
    'diff',
    'DERGroupStatuses',
    '--xsd',
    subfolder('same', { 'S.xsd': same }),
  )
  assert.is(code, 0)
  assert.match(text, /no difference/)
})

test('--official-only refuses drafts and says why', async () => {
  const list = JSON.parse((await cimgate('schemas', 'list', '--format', 'json')).out) as readonly {
    noun: string
    status: string
  }[]
  const draft = list.find((it) => it.status === 'draft')?.noun ?? ''
  const xml = file('draft.xml', (await cimgate('sample', draft)).out)
  const [free, strict] = await Promise.all([
    cimgate('validate', xml),
    cimgate('validate', xml, '--official-only'),
  ])
  assert.equal([free.code, strict.code], [0, 1], strict.out)
  assert.match(strict.out, /OFF-01[^]*http:\/\/cimgate\.example\/draft\/[^]*a draft of cimgate/)
})

test('diff: the heading names the two files that are compared, constrained ones both', async () => {
  const orders = (file: string) =>
    readFileSync(join(ROOT, 'xsd/part6', file), 'utf8').replaceAll('/2015/', '/2031/')
  const source = subfolder('two-variants', {
    'ServiceOrders.change.xsd': orders('ServiceOrders.change.xsd'),
    'ServiceOrders.xsd': orders('ServiceOrders.xsd'),
  })
  const { out } = await cimgate('schemas', 'diff', 'ServiceOrders', '--xsd', source)
  assert.match(
    out,
    /^ServiceOrders: \S+ \(\S*two-variants\/ServiceOrders\.xsd\) against \S+ \(xsd\/part6\/ServiceOrders\.xsd\)\n/,
  )
})

test.run()
