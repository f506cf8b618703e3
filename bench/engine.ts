// Judging and converting in one process, against libxml2-wasm and hand-written concatenation: goals 1 to 4.

import { join } from 'node:path'
import { catalogueOf } from '../src/schema/catalogue.ts'
import { messageFromJson } from '../src/schema/message-xml.ts'
import { schemasOf } from '../src/schema/schemas.ts'
import type { SchemaSet } from '../src/schema/schemas.ts'
import { loadEngine, openXmlIn, parseXml } from '../src/shell/xml-in/index.ts'
import type { XmlIn } from '../src/shell/xml-in/index.ts'
import { readSchemas } from '../src/shell/xml-in/xsd-read.ts'
import { concatenated } from './concatenation.ts'
import type { GoalId } from './goals.ts'
import { STAND_IN, openLibxml2 } from './libxml2.ts'
import { interleaved } from './measure.ts'
import { SIZES, groupOfSize, invalid } from './messages.ts'
import type { Size } from './messages.ts'
import { rounded, time } from './row.ts'
import type { Row } from './row.ts'
import { ROOT } from './schema.ts'

/** Time of each subject in each round; a message of 5 MB has one call or two. */
const BUDGET_MS = 100

/** All sizes, each with its comparators beside it. */
export async function engine(): Promise<readonly Row[]> {
  const folders = [{ path: join(ROOT, 'xsd'), shipped: true }]
  await loadEngine()
  const { files } = await readSchemas(folders, parseXml)
  const schemas = schemasOf(catalogueOf(files))
  const xmlIn = openXmlIn(schemas, folders)
  const libxml2 = openLibxml2()
  const rows = (Object.keys(SIZES) as Size[]).flatMap((it) => ofSize(it, xmlIn, schemas, libxml2))
  await xmlIn.close()
  return rows
}

function ofSize(
  size: Size,
  xmlIn: XmlIn,
  schemas: SchemaSet,
  libxml2: (bytes: Uint8Array) => void,
): readonly Row[] {
  const text = groupOfSize(SIZES[size])
  const [valid, wrong] = [Buffer.from(text), Buffer.from(invalid(text))]
  const { json } = xmlIn.judgeInline(valid, { json: true })
  if (json === undefined) throw new Error(`the message of ${size} is not valid`)
  if (!concatenated(json).equals(Buffer.from(messageFromJson(json, schemas).xml)))
    throw new Error('concatenation does not write the same bytes')
  const took = interleaved(
    [
      { name: 'libxml2', run: () => libxml2(valid) },
      { name: 'validate', run: () => xmlIn.judgeInline(valid) },
      { name: 'json', run: () => xmlIn.judgeInline(valid, { json: true }) },
      { name: 'invalid', run: () => xmlIn.judgeInline(wrong) },
      { name: 'concatenation', run: () => concatenated(json) },
      { name: 'write', run: () => Buffer.from(messageFromJson(json, schemas).xml) },
    ],
    BUDGET_MS,
  )
  const us = (name: string) => took.get(name) ?? NaN
  const ofC = (what: string, name: string, goal?: GoalId): Row => ({
    what,
    size,
    figure: time(us(name)),
    value: (us(name) / us('libxml2')) * STAND_IN[size],
    note: `${rounded(us(name) / us('libxml2'))} x libxml2-wasm`,
    ...(goal === undefined ? {} : { goal }),
  })
  const errors = xmlIn.judgeInline(wrong).findings.length
  return [
    { what: 'libxml2-wasm: parse + validate', size, figure: time(us('libxml2')) },
    ofC('validate', 'validate', VALIDATE[size]),
    ofC('validate + CIM-JSON', 'json', 1),
    {
      what: 'validate an invalid one',
      size,
      figure: time(us('invalid')),
      value: us('invalid') / us('validate'),
      goal: 3,
      note: `${errors} findings`,
    },
    { what: 'concatenation by hand', size, figure: time(us('concatenation')) },
    {
      what: 'CIM-JSON -> XML',
      size,
      figure: time(us('write')),
      value: us('write') / us('concatenation'),
      goal: 4,
    },
  ]
}

/** Large messages are held to the stricter of the two goals. */
const VALIDATE: Readonly<Record<Size, GoalId>> = {
  '2 kB': 2,
  '20 kB': 2,
  '200 kB': '2L',
  '5 MB': '2L',
}
