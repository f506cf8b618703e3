// Has the product under test send something, where it has a control of its own for that: a POST of what is expected.

import type { Trigger } from '../engine/server.ts'
import { whyOf } from '../why.ts'

/** @returns why the product cannot send it; undefined = it was told to */
export function overBackchannel(url: string, waitMs: number) {
  return async (it: Trigger): Promise<string | undefined> => {
    try {
      const response = await fetch(url, {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/json' } },
        ...{ body: JSON.stringify(it), signal: AbortSignal.timeout(waitMs) },
      })
      await response.body?.cancel()
      return response.ok ? undefined : `the backchannel at ${url} says HTTP ${response.status}`
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error
      return `the backchannel at ${url} is not reached: ${whyOf(cause)}`
    }
  }
}
