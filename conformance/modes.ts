// The modes of a run: what each asks for, and how it is played. The command line knows no more of them.

import { basename, resolve } from 'node:path'
import { statSync } from 'node:fs'
import { readCapture } from './captured/folder.ts'
import type { Judged } from './engine/judge.ts'
import { offline } from './engine/offline.ts'
import { run } from './engine/run.ts'
import type { Ran, Run } from './engine/summary.ts'
import type { Capability } from './shapes.ts'
import type { CarrierName } from './transport/carrier.ts'
import { overHttp } from './transport/http.ts'

/** What the modes are asked with. */
export interface ModeOptions {
  /** by default the tester is the client */
  readonly mode?: ModeName
  /** where the product takes messages */
  readonly target?: string
  /** what messages travel in */
  readonly transport?: CarrierName
  /** seconds for an answer */
  readonly wait: number
  readonly header: Readonly<Record<string, string>>
  /** folder of captured messages */
  readonly messages?: string
}

/** What all modes are played with. */
export interface Ground extends Omit<Run, 'target'> {
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
}

/** One way to test. */
export interface Mode {
  /** without a capability statement there is nothing to plan by */
  readonly needsCapability: boolean
  /** What is wrong in the options; undefined = nothing. */
  readonly refusal: (options: ModeOptions, capability: Capability | undefined) => string | undefined
  readonly play: (options: ModeOptions, ground: Ground) => Promise<Ran>
}

/** All of them. */
export const MODES = {
  client: { needsCapability: true, refusal: refusalOfClient, play: playClient },
  offline: { needsCapability: false, refusal: refusalOfOffline, play: playOffline },
} as const satisfies Readonly<Record<string, Mode>>
/** One of them. */
export type ModeName = keyof typeof MODES

function refusalOfClient(
  { target, transport = 'http' }: ModeOptions,
  capability: Capability | undefined,
): string | undefined {
  if (target === undefined) return '--target says where the product under test takes messages'
  const spoken = transport.startsWith('soap') ? 'soap' : 'http-xml'
  const claimed = capability?.transports ?? []
  return claimed.includes(spoken)
    ? undefined
    : `--transport ${transport}: transports of the capability statement are ${claimed.join(', ')}; add ${spoken} where the product speaks it`
}

function playClient(options: ModeOptions, ground: Ground): Promise<Ran> {
  const { target = '', transport = 'http', wait, header } = options
  const how = { url: target, waitMs: wait * 1000, headers: header, carrier: transport }
  return run({ ...ground, target, transport: overHttp(how) })
}

function refusalOfOffline({ messages }: ModeOptions): string | undefined {
  if (messages === undefined)
    return '--messages names the folder of captured messages: XML files, HTTP archives (.har), lines of JSON (.ndjson)'
  return statSync(messages, { throwIfNoEntry: false }) === undefined
    ? `--messages ${messages}: there is no such folder`
    : undefined
}

function playOffline({ messages = '' }: ModeOptions, ground: Ground): Promise<Ran> {
  return offline(readCapture(messages), { ...ground, target: messages })
}

/** The statement of who has made none: messages are judged, and no case is asked for. */
export function unstated({ messages = '' }: ModeOptions): Capability {
  return {
    product: { name: basename(resolve(messages)), version: '', vendor: '' },
    editions: ['IEC 61968-100:2013'],
    transports: ['http-xml'],
    roles: {},
    options: {
      ...{ async: false, operationSet: false, compression: false, events: false },
      ...{ groupVersion: false, assignsMRID: false, mixedBatch: 'FAILED', whenTargetDown: 'none' },
    },
  }
}
