// For tests alone: waits for a signal from the thread that works, and ends the process in the midst of its work.

import { workerData } from 'node:worker_threads'

Atomics.wait(workerData as Int32Array, 0, 0)
process.kill(process.pid, 'SIGKILL')
