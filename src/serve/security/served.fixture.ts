// For tests only: a gateway in this process that attacks are made on, and what shows that it is there still.

import * as assert from 'uvu/assert'
import { serve } from '../../main.ts'
import { cim, read } from '../client.fixture.ts'
import { groupXml, newGroup } from '../messages.fixture.ts'
import { newFolder } from '../process.fixture.ts'

/** A gateway that is being attacked. */
export interface ServedHere {
  readonly address: string
  readonly port: number
  readonly close: () => Promise<void>
}

/** @param config path of a configuration; absent = without parties */
export async function openServed(config?: string): Promise<ServedHere> {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  const { address, close } = await serve(how, {
    xsd: [],
    ...(config === undefined ? {} : { config }),
  })
  return { address, port: Number(new URL(address).port), close }
}

/** It lives, and takes what is right. */
export async function takesStill({ address }: ServedHere): Promise<void> {
  assert.is((await read(`${address}/livez`)).status, 200)
  assert.match((await cim(address, groupXml(newGroup()))).text, '<Result>OK<')
}
