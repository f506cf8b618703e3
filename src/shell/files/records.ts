// Tables as text -> records, block by block. The only file that knows csv-parse, which is loaded when the first file is read.

import { createReadStream } from 'node:fs'
import type { CsvError, Parser } from 'csv-parse'
import { fileFault } from '../../gateway/files/ports.ts'
import type { Line } from '../../gateway/files/ports.ts'
import { DELIMITERS } from '../../gateway/files/layout.ts'
import type { EncodingName, Layout } from '../../gateway/files/layout.ts'

/** records that are handed on together */
const AT_ONCE = 500
/** characters of one record: what has more has lost a quotation mark */
const MOST_CHARACTERS = 64 * 1024

/** The records of a file. @throws {CimError} `malformed`, where its text or its table cannot be read */
export async function* linesOf(path: string, layout: Layout): AsyncGenerator<readonly Line[]> {
  let block: Line[] = []
  let isFirst = layout.header
  for await (const it of parsed(path, layout)) {
    if (isFirst) {
      isFirst = false
      continue
    }
    block.push(it)
    if (block.length < AT_ONCE) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}

/** The names of the columns. @throws {CimError} `malformed` */
export async function headerOf(path: string, layout: Layout): Promise<readonly string[]> {
  for await (const { values } of parsed(path, layout)) return values
  throw fileFault('It is empty: not even its first line is there.')
}

async function* parsed(path: string, { delimiter, encoding }: Layout): AsyncGenerator<Line> {
  const csv = await import('csv-parse')
  const parser = csv.parse({
    bom: true,
    delimiter: DELIMITERS[delimiter],
    // How many values a record has to have is told with its line, by whoever looks at it.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_CHARACTERS,
    // The types know records as they are read, not as they are made here.
    on_record: (values: string[], { lines }) => ({ line: lines, values }) as unknown as string[],
  })
  const input = createReadStream(path)
  const feeding = fed(input, encoding, parser)
  // It is awaited below; until then it may fail.
  feeding.catch(() => undefined)
  try {
    for await (const it of parser) yield it as unknown as Line
    await feeding
  } catch (error) {
    throw error instanceof csv.CsvError ? unreadable(error) : error
  } finally {
    input.destroy()
    parser.destroy()
  }
}

/** Text that is not in its encoding is no text: nothing of it is guessed. */
async function fed(
  input: AsyncIterable<Uint8Array>,
  encoding: EncodingName,
  parser: Parser,
): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  try {
    for await (const chunk of input) {
      if (!parser.write(decoder.decode(chunk, { stream: true })))
        await new Promise<void>((done) => parser.once('drain', done))
    }
    parser.end(decoder.decode())
  } catch (error) {
    const isText = (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    const cause = isText ? fileFault(`Its text is not in ${encoding}.`) : (error as Error)
    parser.destroy(cause)
    throw cause
  }
}

function unreadable(error: CsvError): Error {
  const { lines } = error as CsvError & { readonly lines?: number }
  const at = lines === undefined ? '' : ` (line ${lines})`
  return fileFault(`It cannot be read as a table${at}: ${error.message}`)
}
