// Tables as text -> records, block by block. The only file that knows csv-parse, which is loaded when the first file is read.

import { createReadStream } from 'node:fs'
import type { CsvError, Parser } from 'csv-parse'
import { fileFault } from '../../gateway/files/ports.ts'
import type { Line } from '../../gateway/files/ports.ts'
import { DELIMITERS } from '../../gateway/files/layout.ts'
import type { Layout } from '../../gateway/files/layout.ts'

/** octets that are read together: some hundred records */
const AT_ONCE = 32 * 1024
/** characters of one record: what has more has lost a quotation mark */
const MOST_CHARACTERS = 64 * 1024

/** The records of a file. @throws {CimError} `malformed`, where its text or its table cannot be read */
export async function* linesOf(path: string, layout: Layout): AsyncGenerator<readonly Line[]> {
  let isFirst = layout.header
  for await (const block of blocksOf(path, layout)) {
    const lines = isFirst ? block.slice(1) : block
    isFirst = false
    if (lines.length > 0) yield lines
  }
}

/** The names of the columns. @throws {CimError} `malformed` */
export async function headerOf(path: string, layout: Layout): Promise<readonly string[]> {
  for await (const [first] of blocksOf(path, layout)) if (first !== undefined) return first.values
  throw fileFault('It is empty: not even its first line is there.')
}

/** As many records at once as one piece of the file ends: to hand on each by itself costs more than to read it. */
async function* blocksOf(
  path: string,
  { delimiter, encoding }: Layout,
): AsyncGenerator<readonly Line[]> {
  const csv = await import('csv-parse')
  let block: Line[] = []
  const parser = csv.parse({
    bom: true,
    delimiter: DELIMITERS[delimiter],
    // How many values a record has to have is told with its line, by whoever looks at it.
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_CHARACTERS,
    on_record: (values: string[], { lines }) => {
      block.push({ line: lines, values })
      return undefined
    },
  })
  // Nothing comes out of it but its end; what goes wrong is told to whoever writes.
  parser.resume().on('error', () => undefined)
  const input = createReadStream(path, { highWaterMark: AT_ONCE })
  // Text that is not in its encoding is no text: nothing of it is guessed.
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  try {
    for await (const chunk of input) {
      await written(decoder.decode(chunk as Uint8Array, { stream: true }), parser)
      if (block.length > 0) yield block
      block = []
    }
    await ended(decoder.decode(), parser)
    if (block.length > 0) yield block
  } catch (error) {
    if (error instanceof csv.CsvError) throw unreadable(error)
    const isText = (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    throw isText ? fileFault(`Its text is not in ${encoding}.`) : error
  } finally {
    input.destroy()
    parser.destroy()
  }
}

function written(text: string, parser: Parser): Promise<void> {
  return new Promise((done, fail) => {
    parser.write(text, (error) => (error ? fail(error) : done()))
  })
}

function ended(text: string, parser: Parser): Promise<void> {
  return new Promise((done, fail) => {
    parser.end(text, (error?: Error | null) => (error ? fail(error) : done()))
  })
}

function unreadable(error: CsvError): Error {
  const { lines } = error as CsvError & { readonly lines?: number }
  const at = lines === undefined ? '' : ` (line ${lines})`
  return fileFault(`It cannot be read as a table${at}: ${error.message}`)
}
