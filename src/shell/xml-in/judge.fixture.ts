// For tests only: a document judged by both ways, which have to come to the same.

import type { SchemaSet } from '../../schema/schemas.ts'
import { judgeByEngine, judgePlain } from './judge.ts'
import type { JudgeOptions, Judgement } from './judgement.ts'
import type { Validators } from './validators.ts'

/**
 * The judgement of the XML engine.
 * @throws when what is said without asking the engine is not the same to the letter
 */
export function judgeBoth(
  bytes: Uint8Array,
  schemas: SchemaSet,
  validators: Validators,
  options: JudgeOptions = {},
): Judgement {
  const byEngine = judgeByEngine(bytes, schemas, validators, options)
  const plain = judgePlain(bytes, schemas, validators, options)
  const [said, due] = [plain, byEngine].map(wordsOf)
  if (said !== undefined && said !== due)
    throw new Error(`the engine says\n${due}\nand without it\n${said}\nis said of\n${shown(bytes)}`)
  return byEngine
}

/** How many more findings there are at least, the engine knows better. */
function wordsOf(judgement: Judgement | undefined): string | undefined {
  const findings = judgement?.findings.filter((it) => it.rule !== 'LIM-FINDINGS')
  return judgement && JSON.stringify({ ...judgement, findings }, null, 1)
}

/** characters of a document that an error shows */
const MOST_SHOWN = 10_000

function shown(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8').slice(0, MOST_SHOWN)
}
