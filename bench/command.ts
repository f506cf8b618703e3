// The command line as a whole: many files against xmllint, one file, and what Node itself takes: goal 11.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inTurns } from './measure.ts'
import { SIZES, groupOfSize } from './messages.ts'
import { CIMGATE, isInstalled, runs } from './program.ts'
import { notRun, time } from './row.ts'
import type { Row } from './row.ts'
import { writeSchemas } from './schema.ts'

const FILES = 2_000

/** @param folder an empty one, for the files */
export async function command(folder: string): Promise<readonly Row[]> {
  return [...(await manyFiles(folder)), ...(await oneFile(folder))]
}

async function manyFiles(folder: string): Promise<readonly Row[]> {
  const paths = writeFiles(join(folder, 'messages'))
  const size = `${FILES} x 2 kB`
  const ours = {
    name: 'cimgate',
    run: () => runs(process.execPath, [...CIMGATE, 'validate', join(folder, 'messages')]),
  }
  if (!isInstalled('xmllint')) {
    const us = (await inTurns([ours])).get('cimgate') ?? NaN
    return [
      notRun('xmllint', 'xmllint is not installed', size),
      { what: 'cimgate validate', size, figure: time(us) },
    ]
  }
  const schema = writeSchemas(folder)
  const xmllint = ['--noout', '--schema', schema, ...paths]
  const took = await inTurns([{ name: 'xmllint', run: () => runs('xmllint', xmllint) }, ours])
  const us = (name: string) => took.get(name) ?? NaN
  return [
    { what: 'xmllint', size, figure: time(us('xmllint')) },
    {
      what: 'cimgate validate',
      size,
      figure: time(us('cimgate')),
      value: us('cimgate') / us('xmllint'),
      goal: 11,
    },
  ]
}

function writeFiles(folder: string): readonly string[] {
  mkdirSync(folder)
  return Array.from({ length: FILES }, (_, at) => {
    const path = join(folder, `${at}.xml`)
    writeFileSync(path, groupOfSize(SIZES['2 kB']))
    return path
  })
}

async function oneFile(folder: string): Promise<readonly Row[]> {
  const one = join(folder, 'messages', '0.xml')
  const took = await inTurns([
    { name: 'node', run: () => runs(process.execPath, ['-e', '0']) },
    { name: 'help', run: () => runs(process.execPath, [...CIMGATE, '--help']) },
    { name: 'validate', run: () => runs(process.execPath, [...CIMGATE, 'validate', one]) },
  ])
  const us = (name: string) => took.get(name) ?? NaN
  return [
    { what: 'node alone', size: '', figure: time(us('node')) },
    { what: 'cimgate --help', size: '', figure: time(us('help')) },
    {
      what: 'cimgate validate',
      size: '1 x 2 kB',
      figure: time(us('validate')),
      value: us('validate') / 1e6,
      goal: '11S',
    },
  ]
}
