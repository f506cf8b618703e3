// Files on their way: what each is to hold, how far it has come, and how many of its records were taken. One record for a name
// and a content, so that the same file never counts twice (SC-01, G-AC16, G-AC17).

import { FILE } from '../lifecycles/file.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, statusOf } from './document-status.ts'
import { defineFlow } from './flow.ts'
import { REPORT_VERBS } from './record.ts'
import { SUPPORT, only } from './role.ts'

export default defineFlow({
  lifecycle: FILE,
  id: 'file-transfer',
  noun: 'FileTransfers',
  objectType: 'FileTransfer',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell which file comes, what it has to hold to be taken, and what has become of it',
  source: 'SC-01, EV-04, MD-01',
  by: only(...SUPPORT, 'cpm', 'derms', 'lec', 'analytics'),
  trigger,
  status: STATUS,
})

/** By the state that a file is said to have come to. */
const TRIGGERS: Readonly<Record<string, string>> = {
  listed: 'list',
  fetching: 'fetch',
  validated: 'validate',
  delivering: 'deliver',
  delivered: 'complete',
  renamed: 'rename',
  failed: 'fail',
}

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is = 'listed'] = [statusOf(before), statusOf(after)]
  return before !== undefined && was === is ? 'change' : (TRIGGERS[is] ?? is)
}
