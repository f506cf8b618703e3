// Has the tests of this process noted by name, for whoever asks which of them show what: uvu tells how many there were.
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

// A worker inherits the arguments of Node, and runs no tests.
if (isMainThread) register('./recorded-resolve.mjs', import.meta.url)

// The coverage of this process has begun. A gateway or command that a test starts would write a file of a megabyte for code
// that the tests of this process run anyway, and be slower all its life.
delete process.env.NODE_V8_COVERAGE
