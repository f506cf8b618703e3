// Messages that come from a product that sends, compared: the same one again, the same request, the same objects.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'

/** A message that has come. */
export interface Came {
  readonly root: Node | undefined
  readonly bytes: Uint8Array
}

/** Octet by octet. */
export function isSame(one: Came, other: Came): boolean {
  return Buffer.compare(one.bytes, other.bytes) === 0
}

/** It asks for the same, whatever stands in its Header. */
export function asksForTheSame(one: Came, other: Came): boolean {
  return contentOf(one.root) === contentOf(other.root)
}

function contentOf(root: Node | undefined): string {
  return JSON.stringify(root?.children.filter((it) => it.name !== 'Header').map(plain) ?? [])
}

function plain({ name, ns, text, children }: Node): unknown {
  return [name, ns, text, children.map(plain)]
}

/** The objects of a message: of its payload, of its query, of each of its operations. */
export function objectsIn(root: Node | undefined): readonly Node[] {
  return ['Payload/*/*', 'Request/*/*', 'Payload/OperationSet/Operation/*/*']
    .flatMap((path) => find(root, path))
    .filter((it) => it.name !== 'Operation' && it.children.length > 0)
}

/** It speaks of one of them: of it, or of something that names it. */
export function speaksOf(root: Node | undefined, mRIDs: readonly string[]): boolean {
  return textsAt(root, '**/mRID').some((it) => mRIDs.includes(it))
}

/** The codes of what does not fit: there is no such object, or it is not in the state for it. */
const MISFITS = ['6.1', '99.1']

/** Why a party could not do what was asked of it, by its answer; undefined = it could, or another thing was wrong. */
export function misfitIn(answer: Node | undefined): string | undefined {
  const errors = find(answer, 'Reply/Error')
  const error = errors.find((it) => MISFITS.includes(textAt(it, 'code') ?? ''))
  if (error === undefined) return undefined
  const said = ['code', 'reason', 'ID'].flatMap((it) => textAt(error, it) ?? [])
  return said.join(' ')
}
