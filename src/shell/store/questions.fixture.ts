// For tests only: what reaches the database threads of this process.

import { Worker } from 'node:worker_threads'
import type { Call } from './thread.ts'

/** The questions that are asked while something runs, in their order. */
export async function questionsDuring(run: () => Promise<unknown>): Promise<readonly string[]> {
  const asked: string[] = []
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (this: Worker, calls: readonly Call[]) {
    asked.push(...calls.map(({ method }) => method))
    postMessage.call(this, calls)
  }
  try {
    await run()
  } finally {
    Worker.prototype.postMessage = postMessage
  }
  return asked
}
