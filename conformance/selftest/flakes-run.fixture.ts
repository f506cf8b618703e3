// Twenty self-tests: each has to come to the same octets, and none may find a problem.

import { matrixOf, selfTested } from './command.ts'

const TIMES = Number(process.argv[2] ?? 20)
let first: string | undefined
for (let at = 1; at <= TIMES; at += 1) {
  const began = performance.now()
  const made = await selfTested('flakes', { xsd: [] })
  const matrix = matrixOf(made)
  first ??= matrix
  const isSame = matrix === first
  const said = isSame ? 'the same' : 'ANOTHER'
  console.log(
    `${at} of ${TIMES}: ${said} matrix, ${made.problems.length} problems, ${Math.round(performance.now() - began)} ms`,
  )
  if (!isSame || made.problems.length > 0) process.exitCode = 1
}
