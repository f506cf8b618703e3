// For everything that a script expects of a reply, a reply that says otherwise: made from the script itself, so that a case
// without a mutant cannot be.

import { find, textsAt } from '../find.ts'
import { element } from '../peers/write.ts'
import type { Expectation, Scenario } from '../shapes.ts'
import type { Node } from '../xml.ts'
import { edited, withText, without } from './tree.ts'

/** One of them. */
export interface ExpectationMutant {
  readonly id: string
  readonly kills: string
  /** case and step: `DERG-1a#1` */
  readonly at: string
  /** undefined where the reply gives nothing to make it from */
  readonly change: (reply: Node, around: AroundReply) => Node | undefined
}

/** What a change may look at beside the reply. */
export interface AroundReply {
  /** fills the places of a text of the script */
  readonly fill: (text: string) => string
  /** replies before it in the case, the last one last */
  readonly earlier: readonly (Node | undefined)[]
}

/** Of every expectation of these cases. */
export function expectationMutants(scenarios: readonly Scenario[]): readonly ExpectationMutant[] {
  return scenarios.flatMap(({ id: scenario, steps }) =>
    steps.flatMap(({ id, expect = [] }) =>
      expect.flatMap((it) =>
        contraries(it).map(([what, change]) => ({
          id: what,
          kills: it.requirement,
          at: `${scenario}#${id}`,
          change,
        })),
      ),
    ),
  )
}

type Contrary = readonly [string, ExpectationMutant['change']]

function contraries(it: Expectation): readonly Contrary[] {
  const { path = '' } = it
  return [
    ...(it.result?.includes('OK') === true
      ? [['FAILED where it has to be OK', failed] as const]
      : []),
    ...((it.result !== undefined && !it.result.includes('OK')) || it.refused === true
      ? [['OK where it must not be', allRight] as const]
      : []),
    ...(it.code === undefined ? [] : [['another code', otherCode] as const]),
    ...(it.equals === undefined ? [] : [[`another ${path}`, changedText(path)] as const]),
    ...(it.holds === undefined ? [] : [[`${path} without it`, withoutIt(path, it.holds)] as const]),
    ...(it.fault === false ? [['a FaultMessage', fault] as const] : []),
    ...(it.absent === undefined
      ? []
      : [[`${path} that must not be`, present(path, it.absent)] as const]),
    ...(it.differs === undefined ? [] : [[`the same ${path} again`, same(path)] as const]),
    ...(it.count === undefined || it.count === 0
      ? []
      : [[`one ${path} less`, fewer(path)] as const, [`one ${path} more`, more(path)] as const]),
  ]
}

function failed(reply: Node): Node | undefined {
  const error = (ns: string) =>
    element(ns, 'Error', [
      element(ns, 'code', '5.3'),
      element(ns, 'level', 'FATAL'),
      element(ns, 'reason', 'made for a mutant'),
    ])
  return edited(reply, 'Reply', (it) => ({
    ...it,
    children: [element(it.ns, 'Result', 'FAILED'), error(it.ns)],
  }))
}

/** Not of a fault: what takes its place is another message, see messages.ts. */
function allRight(reply: Node): Node | undefined {
  if (!reply.name.endsWith('ResponseMessage')) return undefined
  return edited(reply, 'Reply', (it) => ({ ...it, children: [element(it.ns, 'Result', 'OK')] }))
}

function otherCode(reply: Node): Node | undefined {
  const isThere = find(reply, '**/Error/code').length > 0
  return isThere ? withText(reply, '**/Error/code', '5.3') : undefined
}

function changedText(path: string): ExpectationMutant['change'] {
  return (reply) => {
    const texts = textsAt(reply, path)
    return texts.length === 0 ? undefined : withText(reply, path, ({ text }) => another(text))
  }
}

/** What has to be in the text is cut out of it. */
function withoutIt(path: string, held: string): ExpectationMutant['change'] {
  return (reply, { fill }) => {
    const isThere = textsAt(reply, path).some((it) => it.includes(fill(held)))
    const cut = ({ text }: Node) => text.replaceAll(fill(held), '')
    return isThere ? withText(reply, path, cut) : undefined
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A text of the same kind: a schema that asks for a UUID or a number has nothing to say to it. */
function another(text: string): string {
  if (UUID.test(text)) return `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`
  if (/^-?\d+(\.\d+)?$/.test(text)) return String(Number(text) + 1)
  return `${text}-changed`
}

function fewer(path: string): ExpectationMutant['change'] {
  return (reply) => {
    const found = find(reply, path)
    return found.length === 0 ? undefined : without(reply, path, (_it, at) => at === 0)
  }
}

function more(path: string): ExpectationMutant['change'] {
  return (reply) => {
    const [first] = find(reply, path)
    if (first === undefined || !path.includes('/')) return undefined
    const parent = path.slice(0, path.lastIndexOf('/'))
    return edited(reply, parent, (it) => ({
      ...it,
      children: it.children.flatMap((one) => (one === first ? [one, { ...one }] : [one])),
    }))
  }
}

function fault(reply: Node): Node | undefined {
  return element(reply.ns, 'FaultMessage', find(reply, 'Reply'))
}

/** What stands around the first of them once more, with this text in it. */
function present(path: string, unwanted: string): ExpectationMutant['change'] {
  return (reply, { fill }) => {
    const [first] = find(reply, path)
    const around = path.slice(0, path.lastIndexOf('/'))
    const parent = find(reply, around).find(
      (it) => first !== undefined && it.children.includes(first),
    )
    if (parent === undefined) return undefined
    const again = edited(parent, path.slice(around.length + 1), (it) => ({
      ...it,
      text: fill(unwanted),
    }))
    return withCopy(reply, parent, again)
  }
}

function withCopy(root: Node, of: Node, copy: Node): Node {
  const children = root.children.flatMap((it) =>
    it === of ? [it, copy] : [withCopy(it, of, copy)],
  )
  return { ...root, children }
}

/** What an earlier reply had there. */
function same(path: string): ExpectationMutant['change'] {
  return (reply, { earlier }) => {
    const before = earlier.flatMap((it) => find(it, path)).at(-1)
    return before === undefined ? undefined : edited(reply, path, () => before)
  }
}
