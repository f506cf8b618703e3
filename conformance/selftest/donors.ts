// What passed in a branch, otherwise: with other passages in it, or with a message of another branch.

import { isStep } from '../engine/scene.ts'
import type { Acted } from '../engine/acting.ts'
import type { Donor } from '../mutate/scenes.ts'
import type { Passage } from '../peers/stage.ts'
import type { Node } from '../xml.ts'

/** What was said is found again by what it is, wherever it stands now. */
export function moved(it: Acted, passages: readonly Passage[]): Acted {
  const said = it.said.flatMap((one) => {
    const bytes = it.passages[one.at]?.message.bytes
    const at = passages.findIndex(({ message }) => message.bytes === bytes)
    return at < 0 ? [] : [{ ...one, at }]
  })
  return { ...it, passages, said }
}

const NAMES = ['A', 'B']

/** A message of a step from another branch, about the groups of this one. */
export function donorFor(it: Acted, acts: readonly Acted[]): Donor {
  return (id) => {
    const others = acts.filter((one) => one !== it && one.played.script === it.played.script)
    for (const other of others) {
      const step = other.played.script.steps.find((one) => one.id === id)
      const passage = other.passages.find(
        (one) => step !== undefined && isStep(step, one, other.fill),
      )
      if (passage !== undefined) return retargeted(passage, other, it)
    }
    return undefined
  }
}

function retargeted(passage: Passage, from: Acted, to: Acted): Passage {
  const ids = new Map(
    NAMES.map((name) => [from.fill(`{{uuid ${name}}}`), to.fill(`{{uuid ${name}}}`)]),
  )
  const put = (node: Node): Node => ({
    ...node,
    text: ids.get(node.text) ?? node.text,
    children: node.children.map(put),
  })
  const { message } = passage
  const root = message.root === undefined ? undefined : put(message.root)
  return { ...passage, message: { ...message, root } }
}
