// Judged files for the tests of the reports: one of each kind, with what foreign text may bring along.
// For tests only.

import type { Finding } from '../../envelope/finding.ts'
import { NO_FILES, counted } from './report.ts'
import type { FileReport, Reporter } from './report.ts'

/** A finding with everything in it. */
export const FINDING: Finding = {
  layer: 'payload-xsd',
  rule: 'XSD-ENUM',
  severity: 'error',
  clause: 'IEC 61968-100:2013, 5.3',
  path: '/RequestMessage/Header/Verb',
  line: 3,
  column: 9,
  expected: 'one of create, change',
  found: 'creat',
  message: 'The verb is none that the standard knows.',
  mend: 'Write create.',
}

/** A finding about the whole document, with nothing but its sentence. */
export const BARE: Finding = {
  layer: 'limits',
  rule: 'LIM-01',
  severity: 'warning',
  clause: '',
  path: '',
  line: 0,
  column: 0,
  expected: '',
  found: '',
  message: 'The message is large.',
  mend: '',
}

export const VALID: FileReport = {
  file: 'in/good.xml',
  schema: 'xsd/Gadgets.xsd',
  verdict: 'valid',
  noun: 'Gadgets',
  verb: 'create',
  findings: [],
}

export const INVALID: FileReport = {
  ...VALID,
  file: 'in/bad.xml',
  verdict: 'invalid',
  findings: [FINDING, BARE],
  source:
    '<RequestMessage>\n  <Header>\n    <m:Verb>creat</m:Verb>\n  </Header>\n</RequestMessage>\n',
}

export const REFUSED: FileReport = {
  file: 'in/bomb.xml',
  verdict: 'refused',
  noun: null,
  verb: null,
  findings: [{ ...FINDING, layer: 'limits', rule: 'LIM-02', path: '' }],
}

/** ESC and CSI clear a screen, U+202E turns text round, U+0000 and U+FFFF are forbidden in XML. */
export const EVIL = 'a\u001b[2Jb\u009b2Jc\u202ed\u0000e\uffff<&"\'>\nf\ud800'

/** Evil text wherever text comes from outside. */
export const HOSTILE: FileReport = {
  file: EVIL,
  schema: EVIL,
  verdict: 'invalid',
  noun: EVIL,
  verb: EVIL,
  findings: [
    { ...FINDING, rule: EVIL, path: EVIL, expected: EVIL, found: EVIL, message: EVIL, mend: EVIL },
  ],
  source: `\n\n12345678${EVIL}`,
}

/** The whole document that a reporter makes of these files. */
export function written(reporter: Reporter, reports: readonly FileReport[]): string {
  const files = reports.map((it) => reporter.file(it))
  return [reporter.begin(), ...files, reporter.end(reports.reduce(counted, NO_FILES))].join('')
}
