// Files and scores of a programme system: how far a file is stands here and not in its name, and of a device the newest score
// counts (Oracle 22C release notes, Device Calculated Score).

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import { all, one, placed, withChild } from './program-content.ts'
import { known, keysOf } from './program-enrolling.ts'
import { refused } from './program-rules.ts'
import type { Deed, Guard } from './program-rules.ts'

const [FILES, SCORES] = ['FileTransfers', 'DeviceScores']
const OVER = ['delivered', 'renamed']

/** A file that has gone its way, however it is called now. */
export const delivered: Guard = (kept, object) =>
  OVER.includes(textAt(one(kept, FILES, idOf(object)), 'status/value') ?? '')
    ? refused('FILE-STATE', 'The file was delivered.')
    : undefined

/** As far as it is said to be. */
export const carried: Deed = (kept, object) =>
  placed(kept, FILES, withChild(known(kept, FILES, object), 'status', find(object, 'status')[0]))

/** Worked out before the one that is known. */
export const older: Guard = (kept, object) => {
  const at = (it: Node | undefined) => Date.parse(textAt(it, 'calculatedDateTime') ?? '')
  return at(object) < at(one(kept, SCORES, idOf(object)))
    ? refused('SCO-OLD', 'A later score is known.')
    : undefined
}

/** Of a device that has a score under another id. */
export const doubled: Guard = (kept, object) => {
  const keys = keysOf(object, 'EndDevice')
  const isTwice = all(kept, SCORES).some(
    (it) => idOf(it) !== idOf(object) && keysOf(it, 'EndDevice').some((key) => keys.includes(key)),
  )
  return isTwice ? refused('SCO-DUP', 'The device has a score.') : undefined
}
