// For tests only: what everything that is played in memory shares, opened once in a file.

import { openCimgate } from '../src/index.ts'
import type { Cimgate, CommonOptions } from '../src/index.ts'
import { readRegister } from './register.ts'
import { groundOf } from './selftest/playing.ts'
import type { Ground } from './selftest/playing.ts'
import { loadXml } from './xml.ts'

/** A ground until it is closed. */
export interface OpenGround extends Ground {
  readonly cimgate: Cimgate
  readonly close: () => Promise<void>
}

/** With the whole register, and one seed. @param common schemas of the user's own, where they are asked for */
export async function openGround(common?: CommonOptions): Promise<OpenGround> {
  await loadXml()
  const cimgate = await openCimgate(common)
  return { ...groundOf(readRegister(), cimgate, 'seed'), cimgate, close: cimgate.close }
}
