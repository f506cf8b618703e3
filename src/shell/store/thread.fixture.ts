// A thread that does what a test needs of a thread: it answers, fails, hangs or dies.

import { parentPort, workerData } from 'node:worker_threads'
import { READY } from './thread.ts'
import type { Answer, Call } from './thread.ts'

const unsent: Answer[] = []
const send = (answer: Answer) => void unsent.push(answer)
/** What is asked together is answered together. */
const flush = () => parentPort?.postMessage(unsent.splice(0))

const METHODS: Readonly<Record<string, (call: Call) => void>> = {
  echo: ({ id, parameters }) => send({ id, value: parameters }),
  refuse: ({ id }) => send({ id, fault: { code: 'store-full', text: 'Said so.' } }),
  /** never comes back: a loop stands for a call into a disk that hangs */
  hang: () => {
    for (;;);
  },
  crash: () => {
    throw new Error('crashed')
  },
  exit: () => process.exit(3),
  close: ({ id }) => {
    send({ id, value: undefined })
    flush()
    parentPort?.close()
  },
}

if (workerData === 'refuse to start') {
  send({ id: READY, fault: { code: 'store-folder', text: 'No.' } })
  flush()
} else if (workerData === 'die at once') {
  process.exit(4)
} else {
  parentPort?.on('message', (calls: readonly Call[]) => {
    for (const it of calls) METHODS[it.method]?.(it)
    if (unsent.length > 0) flush()
  })
  send({ id: READY, value: 'ready' })
  flush()
}
