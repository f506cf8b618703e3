// What is printed of messages and of a scenario.

import { changeText } from './compared.ts'
import type { Step } from './compared.ts'
import { GATEWAY } from './passed.ts'
import { PARTIES } from './parties/index.ts'
import type { Scenario } from './scenario.ts'
import { mermaid, participantsIn, plain } from './sequence.ts'
import type { Played } from './stage.ts'

/** The name of a party; what is no party is called by its id. */
function nameOf(id: string): string {
  return PARTIES.find((it) => it.id === id)?.name ?? id
}

/** How a party speaks; the gateway speaks as whoever it speaks with. */
function notationOf(id: string): readonly string[] {
  return PARTIES.filter((it) => it.id === id).map(({ speaks }) => speaks.toUpperCase())
}

/** What is played, and where. */
export function heading({ id, title }: Scenario, address: string): string {
  return `\nFigure ${id} of EPRI 3002014619: ${title}\ncimgate at ${address}, configured by demo/cimgate.yaml\n`
}

/** One message in a line. */
export function stepLine(number: number, { passed, due, odd }: Step): string {
  const { from, to, verb, noun, changes, reply } = passed
  const columns = [
    String(number).padStart(3),
    (due?.flow ?? '').padEnd(6),
    `${nameOf(from)} -> ${nameOf(to)}`.padEnd(44),
    `${verb} ${noun}`.padEnd(30),
    [from, to].flatMap(notationOf).join('>').padEnd(9),
    reply.padEnd(2),
    changes.map(changeText).join('; '),
  ]
  const line = columns.join(' ').trimEnd()
  return odd === '' ? line : `${line}\n    ! ${odd}`
}

/** The documents of a message, as they stood on the wire. */
export function verbose({ passed: { legs } }: Step): string {
  const texts = legs.flatMap(({ direction, party, request, reply }) => [
    `--- ${direction === 'in' ? 'from' : 'to'} ${party}\n${request ?? ''}`,
    ...(reply === null || reply === '' ? [] : [`--- reply\n${reply}`]),
  ])
  return texts.join('\n')
}

/** What has come of a scenario, and its diagrams. */
export function summary({ title }: Scenario, { steps, count, wrong, faults }: Played): string {
  const all = participantsIn(steps, [...PARTIES.map(({ id }) => id), GATEWAY]).map(
    (id) => [id, nameOf(id)] as const,
  )
  const valid = `${count - wrong.length} of ${count} documents on the wire are valid against xsd/`
  return [
    `\n${steps.length} messages; ${valid}.`,
    ...faults.map((it) => `! ${it}`),
    `\n${plain(steps, all)}`,
    `\n${title} as Mermaid:\n\n${mermaid(steps, all)}`,
  ].join('\n')
}
