import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { STDIN, messageFiles, readMessage } from './files.ts'

const test = suite('files')

const TREE = [
  'a.xml',
  'b.json',
  'c.txt',
  'C.XML',
  'a.issues.json',
  '.hidden.xml',
  '.git/x.xml',
  'node_modules/p/x.xml',
  'one/a.xml',
  'one/two/a.xml',
  'one/two/b.xml',
  'odd/[1]{x}*.xml',
  'texts/note.txt',
]

let root = ''
const at = (path: string) => join(root, path)

function write(path: string, content: string | Uint8Array = ''): string {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
  return at(path)
}

/** What is found under these names, relative to the tree and with slashes; `name: why` where nothing is. */
async function found(...paths: readonly string[]): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { file, error } of messageFiles(paths.map(at))) {
    const name = relative(root, file).split(sep).join('/')
    names.push(error === undefined ? name : `${name}: ${error}`)
  }
  return names
}

test.before(() => {
  root = mkdtempSync(join(tmpdir(), 'cimgate-files-'))
  for (const path of TREE) write(path)
})

test.after(() => rmSync(root, { recursive: true, force: true }))

test('a folder gives its messages at any depth, sorted, without findings, hidden ones and node_modules', async () => {
  const expected = ['C.XML', 'a.xml', 'b.json', 'odd/[1]{x}*.xml']
  assert.equal(await found('.'), [...expected, 'one/a.xml', 'one/two/a.xml', 'one/two/b.xml'])
})

test('a file is taken whatever it is called, names keep their order', async () => {
  assert.equal(await found('c.txt', '.hidden.xml', 'a.xml'), ['c.txt', '.hidden.xml', 'a.xml'])
})

test('a file below a relative folder is named relative to where the command runs', async () => {
  const names: string[] = []
  for await (const { file } of messageFiles([relative(process.cwd(), at('one/two'))]))
    names.push(file)
  assert.equal(
    names,
    ['a.xml', 'b.xml'].map((it) => join(relative(process.cwd(), at('one/two')), it)),
  )
})

const GLOBS = [
  ['*.xml', ['a.xml']],
  ['?.{xml,json}', ['a.xml', 'b.json']],
  ['*/a.xml', ['one/a.xml']],
  ['**/a.xml', ['a.xml', 'one/a.xml', 'one/two/a.xml']],
  ['one/**', ['one/a.xml', 'one/two/a.xml', 'one/two/b.xml']],
  ['{one,one/two}/*.xml', ['one/a.xml', 'one/two/a.xml', 'one/two/b.xml']],
  ['{a,{b,c}}.{json,txt}', ['b.json', 'c.txt']],
  ['.git/*', ['.git/x.xml']],
  ['a.x?l', ['a.xml']],
  ['a.?', ['a.?: no file matches this pattern']],
  ['nowhere/*.xml', ['nowhere: no such file or folder']],
] as const

for (const [glob, expected] of GLOBS) {
  test(`${glob} finds ${expected.length} of the tree`, async () => {
    assert.equal(await found(glob), expected)
  })
}

test('a file that exists is no glob', async () => {
  assert.equal(await found('odd/[1]{x}*.xml'), ['odd/[1]{x}*.xml'])
})

test('a glob without a folder begins in the working directory', async () => {
  const names: string[] = []
  for await (const { file } of messageFiles(['package.jso?'])) names.push(file)
  assert.equal(names, ['package.json'])
})

test('what is missing says so, and the next name is looked at', async () => {
  assert.equal(await found('gone.xml', 'a.xml'), ['gone.xml: no such file or folder', 'a.xml'])
  assert.equal(await found('a.xml/b'), ['a.xml/b: no such file or folder'])
})

test('a folder without messages says so', async () => {
  assert.equal(await found('texts'), ['texts: no *.xml or *.json file in this folder'])
})

test('- is standard input', async () => {
  const names: string[] = []
  for await (const { file } of messageFiles(['-'])) names.push(file)
  assert.equal(names, [STDIN])
})

test('links are followed once, circles end, broken ones say so', async () => {
  write('links/real/m.xml')
  symlinkSync('..', at('links/real/up'))
  symlinkSync('real', at('links/again'))
  symlinkSync('real/m.xml', at('links/m.xml'))
  symlinkSync('gone', at('links/z.xml'))
  symlinkSync('gone', at('links/no-message'))
  const expected = ['again/m.xml', 'm.xml', 'z.xml: no such file or folder']
  assert.equal(
    await found('links'),
    expected.map((it) => `links/${it}`),
  )
  symlinkSync('self', at('self'))
  assert.equal(await found('self'), ['self: symbolic links in a circle'])
})

test('a message is read whole up to the limit, and one byte beyond it', async () => {
  const file = write('big.bin', Buffer.alloc(200_000, 'x'))
  assert.is((await readMessage(file, 200_000)).length, 200_000)
  assert.is((await readMessage(file, 1_000_000)).length, 200_000)
  assert.is((await readMessage(file, 199_999)).length, 200_000)
  assert.is((await readMessage(file, 100)).length, 101)
  assert.is((await readMessage(write('empty.bin'), 100)).length, 0)
})

test('standard input is read up to the limit, and not beyond', async () => {
  let asked = 0
  async function* endless() {
    for (;;) {
      asked += 1
      yield Buffer.from('12345678')
    }
  }
  assert.is(Buffer.from(await readMessage(STDIN, 10, endless())).toString(), '12345678123')
  assert.is(asked, 2)
})

test('what cannot be read says why', async () => {
  const why = async (path: string) =>
    readMessage(at(path), 10).then(String, (it: Error) => it.message)
  assert.is(await why('gone.xml'), 'no such file or folder')
  assert.is(await why('one'), 'a folder, not a file')
})

test('what was read stays what it was while others are read', async () => {
  const texts = Array.from({ length: 40 }, (_, at) => `${at} `.repeat(at * 2_000))
  const files = texts.map((it, at) => write(`many/${at}.txt`, it))
  const read: Uint8Array[] = []
  for (const it of files) read.push(await readMessage(it, 10_000_000))
  assert.equal(
    read.map((it) => Buffer.from(it).toString()),
    texts,
  )
})

test('a broken standard input says why', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    throw 'broken pipe'
  }
  const why = await readMessage(STDIN, 10, broken()).then(String, (it: Error) => it.message)
  assert.is(why, 'broken pipe')
})

test.run()
