// Contract cases: how objects are found, and that every text comes back as it was.

import * as assert from 'uvu/assert'
import {
  counted,
  idsOf,
  keep,
  otherPut,
  removal,
  sampleMessage,
  samplePut,
  sampleUnit,
} from './samples.ts'
import type { Cases } from './samples.ts'

/** Contract cases about how objects are found, and that every text comes back as it was. */
export const READING_CASES: Cases = {
  'finds an object once, by identity key, by name or by both': async (store) => {
    await keep(store, sampleUnit('1', [samplePut('a', { names: ['x', 'y'] }), samplePut('b')]))
    assert.equal(idsOf(await store.objects('Things', ['a', 'a'], ['x', 'y'])), ['a'])
    assert.equal(idsOf(await store.objects('Things', ['a'], ['name of b'])), ['a', 'b'])
    assert.equal(await store.objects('Others', ['a'], ['x']), [])
    assert.equal(await store.objects('Things', [], []), [])
  },

  'knows whose objects are, of whatever noun': async (store) => {
    const put = (id: string, noun: string, owner: string) =>
      samplePut(id, { noun, owner, names: [] })
    await keep(
      store,
      sampleUnit('1', [put('a', 'Things', 'n'), put('a', 'Others', 's'), put('b', 'Things', '')]),
    )
    const owners = await store.owners(['a', 'b', 'c'])
    assert.equal(owners.map((it) => `${it.noun} ${it.id} ${it.owner}`).sort(), [
      'Others a s',
      'Things a n',
      'Things b ',
    ])
    assert.equal(await store.owners([]), [])
  },

  'tells of which nouns there are objects': async (store) => {
    assert.equal([...(await store.nouns())], [])
    await keep(store, sampleUnit('1', [samplePut('a'), samplePut('b'), otherPut('a')]))
    assert.equal([...(await store.nouns())].sort(), ['Others', 'Things'])
    await keep(store, sampleUnit('2', [], [removal('a', 1)]))
    assert.equal([...(await store.nouns())].sort(), ['Others', 'Things'])
    await keep(store, sampleUnit('3', [], [removal('b', 1)]))
    assert.equal([...(await store.nouns())], ['Others'])
  },

  'tells by what all objects of a noun are known': async (store) => {
    const put = (noun: string, id: string, ...names: readonly string[]) => ({
      ...samplePut(id, { names }),
      noun,
    })
    const puts = [put('Things', 'b', 'n 2', 'n 1'), put('Others', 'a', 'n 1'), put('Things', 'a')]
    await keep(store, sampleUnit('1', puts))
    assert.equal(await store.identities('Things'), [
      { id: 'a', names: [] },
      { id: 'b', names: ['n 2', 'n 1'] },
    ])
    assert.equal(await store.identities('None'), [])
  },

  'tells names apart byte by byte and gives them back unchanged': async (store) => {
    for (const [n, text] of UNICODE.entries())
      await keep(store, sampleUnit(`${n}`, [samplePut(`id ${text}`, { names: [text] })]))
    for (const text of UNICODE) {
      const found = await store.objects('Things', [], [text])
      assert.equal(idsOf(found), [`id ${text}`])
      assert.equal(found[0]?.names, [text])
    }
    const page = await store.page('Things', { limit: 100 })
    assert.equal(
      page.objects.map(({ id }) => id),
      byBytes(UNICODE.map((text) => `id ${text}`)),
    )
  },

  'refuses a text that no XML holds, and leaves the others of the group alone': async (store) => {
    const spoilt = ['a\0b', 'a\ud800b', '\udc00'].map((text, n) =>
      sampleUnit(`spoilt ${n}`, [samplePut(`${n}`, { names: [text] })]),
    )
    const answers = await Promise.allSettled(
      [...spoilt, sampleUnit('a')].map((unit) => store.commit(unit)),
    )
    assert.equal(
      answers.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected', 'fulfilled'],
    )
    assert.is((await store.page('Things', { limit: 10 })).objects.length, 1)
    assert.equal(await store.objects('Things', ['a\0b', '\ud800'], ['\0']), [])
  },

  'finds 10,000 objects at once, and creates and removes as many': async (store) => {
    const puts = counted(10_000).map((n) => samplePut(`o${n}`))
    assert.is((await keep(store, sampleUnit('1', puts))).length, 10_000)
    const half = puts.slice(5_000)
    const all = [
      puts.slice(0, 5_000).map(({ id }) => id),
      half.map(({ id }) => `name of ${id}`),
    ] as const
    assert.is((await store.objects('Things', ...all)).length, 10_000)
    const removals = half.map(({ id }) => removal(id, 1))
    await keep(store, sampleUnit('2', [], removals))
    assert.is((await store.objects('Things', ...all)).length, 5_000)
  },

  'gives pages in the order of identity keys': async (store) => {
    const keys = counted(25).map((n) => `${(n * 7) % 25}`)
    await keep(store, sampleUnit('1', [...keys.map((key) => samplePut(key)), otherPut('x')]))
    const first = await store.page('Things', { limit: 10 })
    const second = await store.page('Things', { limit: 10, after: first.next ?? '' })
    const third = await store.page('Things', { limit: 10, after: second.next ?? '' })
    const pages = [first, second, third]
    assert.equal(
      pages.flatMap(({ objects }) => objects.map(({ id }) => id)),
      byBytes(keys),
    )
    assert.is(third.next, null)
    const exact = await store.page('Things', { limit: 25 })
    assert.equal([exact.objects.length, exact.next], [25, null])
  },

  'gives the page of one name': async (store) => {
    await keep(store, sampleUnit('1', [samplePut('a'), samplePut('b'), otherPut('a')]))
    const page = await store.page('Things', { limit: 10, name: 'name of b' })
    assert.equal([idsOf(page.objects), page.next], [['b'], null])
    const beyond = await store.page('Things', { limit: 10, name: 'name of b', after: 'b' })
    assert.equal(beyond, { objects: [], next: null })
  },

  'gives those that carry a text and their identity key, page by page': async (store) => {
    const under = (text: string) => `under "${text}" `
    const ids = counted(25).map((n) => `${(n * 7) % 25}`)
    const puts = ids.map((id) => samplePut(id, { names: [`${under('x')}${id}`, `name ${id}`] }))
    const others = ['x y', 'w', 'x"'].map((it) => samplePut(it, { names: [`${under(it)}${it}`] }))
    await keep(store, sampleUnit('1', [...puts, ...others, samplePut('plain')]))
    const found: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const page = await store.page('Things', { limit: 10, under: under('x'), after })
      found.push(...page.objects.map(({ id }) => id))
      after = page.next
    }
    assert.equal(found, byBytes(ids))
    assert.equal((await store.page('Others', { limit: 10, under: under('x') })).objects, [])
    const none = await store.page('Things', { limit: 10, under: under('') })
    assert.equal(none, { objects: [], next: null })
  },

  'keeps a body of 2.5 MB': async (store) => {
    const body = JSON.stringify({ text: 'größer 𝄞 '.repeat(190_000) })
    assert.ok(Buffer.byteLength(body) > 2_500_000)
    const unit = sampleUnit('1', [samplePut('a', { body })])
    await keep(store, { ...unit, message: sampleMessage('1', { request: body }) })
    assert.ok((await store.objects('Things', ['a'], []))[0]?.body === body)
    assert.ok((await store.message('north', 'message-1'))?.request === body)
  },
}

// One of each kind that some database, encoding or comparison takes for another one.
const UNICODE = [
  '',
  ' ',
  'é',
  'e\u0301',
  'E\u0301',
  'ß',
  'SS',
  'ss',
  'İ',
  'i',
  '\u202eabc',
  'a\u200db',
  'ab',
  '\ufeffab',
  '\uffff',
  '𝄞',
  '👩‍👩‍👧‍👦',
  '\u{10ffff}',
  '日本',
  '%',
  '_',
  `'";--`,
  '\\',
  '\t\n',
  '\u0001',
  '\u0085',
]

function byBytes(texts: readonly string[]): readonly string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
