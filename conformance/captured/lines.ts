// Messages one a line, as JSON (NDJSON): what `cimgate sample --count` writes, and what a log is easily made into.

import type { Capture, Captured, LeftOut } from './captured.ts'
import { octetsOf, tableOf, textOf } from './captured.ts'

/**
 * Each line is `{"xml": "<…>"}`, and may say more: `name`, `status` and `contentType` of HTTP, `from`, `to`, and `exchange`,
 * which a request and its replies have in common.
 */
export function fromLines(text: string, name: string): Capture {
  const messages: Captured[] = []
  const leftOut: LeftOut[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const place = `${name}#${at + 1}`
    const read = lineOf(line, place)
    if ('why' in read) leftOut.push(read)
    else messages.push(read)
  }
  return { messages, leftOut }
}

function lineOf(line: string, name: string): Captured | LeftOut {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { name, why: 'the line is no JSON', isUnread: true }
  }
  const it = tableOf(value)
  const xml = textOf(it['xml'])
  if (xml === undefined) return { name, why: 'the line has no "xml" with the text of a message' }
  const [from, to, exchange] = [textOf(it['from']), textOf(it['to']), textOf(it['exchange'])]
  return {
    ...{ name, bytes: octetsOf(xml), contentType: textOf(it['contentType']) },
    status:
      typeof it['status'] === 'number' && Number.isInteger(it['status']) ? it['status'] : null,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(exchange === undefined ? {} : { exchange: `${name.split('#')[0] ?? ''} ${exchange}` }),
  }
}
