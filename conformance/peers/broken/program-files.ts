// Programme systems that lose something of texts, files and scores: the hazards of an interface that cuts texts and tells by
// the name of a file how far it is (Oracle REST reference; Oracle 22C release notes, Device Calculated Score).

import { withText, without } from '../../mutate/tree.ts'
import { textAt } from '../../find.ts'
import { isLaterAnswer } from '../answering-later.ts'
import { blind, mistaking } from './programs.ts'
import type { Row } from './words.ts'
import * as files from '../program-files.ts'
import { replying, sending, withResult } from '../variants.ts'

/** It cuts a text where another system would have to. */
function cutting(id: string, requirement: string, what: string, path: string, most: number): Row {
  return mistaking(id, requirement, what, (it) =>
    withText(it, path, ({ text }) => text.slice(0, most)),
  )
}

/** All of them. */
export const PROGRAM_FILE_ROWS: readonly Row[] = [
  cutting(
    'cuts an error message at 100',
    'OUT-05',
    'change EventParticipations',
    'errorMessage',
    100,
  ),
  cutting('cuts a reason at 254', 'EVT-08', 'change ProgramEvents', 'stages/status/reason', 254),
  blind(
    'begins a file again that has its old name',
    'FIL-01',
    'created FileTransfers',
    files.delivered,
  ),
  blind('takes the older of two scores', 'SCO-01', 'changed DeviceScores', files.older),
  blind('has two scores of a device', 'SCO-02', 'created DeviceScores', files.doubled),
]

/** What comes of lists that are answered later (Oracle 22C release notes, Device Reservation). */
export const PROGRAM_LIST_ROWS: readonly Row[] = [
  [
    'acknowledges a list, and does not say that more is to come',
    'RSV-05',
    replying((reply) =>
      textAt(reply, 'Reply/Error/code') === '0.3' ? without(reply, 'Reply/Error') : reply,
    ),
  ],
  ['never comes back to a list', 'RSV-06', sending((it) => (isLaterAnswer(it) ? [] : [it]))],
  [
    'says in the end that all of a list is done, whatever has become of it',
    'RSV-07',
    sending((it) => [isLaterAnswer(it) ? { ...it, message: withResult(it.message, 'OK') } : it]),
  ],
]
