// For tests only: changes of what is decided, each refused over all three ways.

import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Ways } from './ways.fixture.ts'

/** Each of these changes is refused by this rule, and names the object alone. */
export async function frozenOn(
  ways: Ways,
  [noun, rule]: readonly [string, string],
  mRID: string,
  ...changes: readonly JsonObject[]
): Promise<void> {
  for (const more of changes) {
    const said = await ways.refused({ verb: 'change', noun, object: { mRID, ...more } })
    assert.equal(said, { code: '6.1', rule, ids: [mRID] }, JSON.stringify(more))
  }
}
