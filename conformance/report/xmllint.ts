// xmllint as another engine of XML Schema: asked in a process of its own, without a shell or network, for so long and with so
// much memory as it may have. The document goes in by its standard input, so that no name of a file is anybody's to choose.

import { execFile } from 'node:child_process'

/** What it says of a document. */
export type Opinion =
  { readonly isValid: boolean; readonly said: string } | { readonly undecided: string }

const [LONGEST_MS, MOST_BYTES, MOST_OUTPUT] = [10_000, 512 * 2 ** 20, 2 ** 20]

/** Its exit codes: all others mean that it has not judged. */
const [VALID, INVALID] = [0, 3]

/** What it calls itself, or why it cannot be asked. */
export async function versionOfXmllint(
  program: string,
): Promise<{ readonly version: string } | { readonly missing: string }> {
  const { code, output } = await ran(program, ['--version'], '')
  if (code === 'ENOENT')
    return {
      missing: `${program} is not installed (Debian: apt-get install libxml2-utils), so nobody was asked`,
    }
  const [, version] = /libxml version (\d+)/.exec(output) ?? []
  return version === undefined
    ? { missing: `${program} is no xmllint: it ends with ${code} and does not say its version` }
    : { version }
}

/** @param schema path of the file */
export async function askXmllint(
  program: string,
  document: string,
  schema: string,
): Promise<Opinion> {
  const limits = ['--nonet', '--noout', '--maxmem', String(MOST_BYTES)]
  const { code, output } = await ran(program, [...limits, '--schema', schema, '-'], document)
  const [said = ''] = output
    .split('\n')
    .filter((it) => /error/.test(it))
    .map((it) => it.replace(/^-:(\d+): /, 'line $1: ').slice(0, 500))
  if (code === VALID) return { isValid: true, said: 'valid' }
  if (code === INVALID && !/error/.test(output.replaceAll(OVERSTRICT, '')))
    return {
      undecided: 'it refuses white space in front of a date or time, which the schema takes',
    }
  if (code === INVALID) return { isValid: false, said: said === '' ? 'not valid' : said }
  const why = code === 'SIGKILL' ? `it took longer than ${LONGEST_MS / 1000} s` : said
  return { undecided: why === '' ? `it ended with ${code}` : why }
}

/** Of white space that every type of a date or time collapses (XML Schema Part 2 §4.3.6) it says that the value is none. */
const OVERSTRICT =
  /^-:\d+: element [^\n]*: Schemas validity error : [^\n]*: '\s+\d{4}-\d\d-\d\dT[-+:.Z\d]*\s*' is not a valid value of the atomic type 'xs:dateTime'\.$/gm

interface Ended {
  /** exit code, signal, or why it could not be started */
  readonly code: number | string
  readonly output: string
}

function ran(program: string, args: readonly string[], input: string): Promise<Ended> {
  return new Promise((done) => {
    const how = {
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_OUTPUT,
      shell: false,
      windowsHide: true,
      // Without the catalogues of the machine: the schema is the one that is named.
      env: { PATH: process.env['PATH'] ?? '', XML_CATALOG_FILES: '', LC_ALL: 'C' },
    } as const
    const child = execFile(program, args, how, (error, out, err) => {
      const code = error === null ? 0 : (error.signal ?? error.code ?? 'an error')
      done({ code, output: `${out}\n${err}` })
    })
    // It may end before it has read everything: what it says is what counts.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
