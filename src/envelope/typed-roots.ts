// The names of strongly typed messages: what a root such as Create<X> or <X>ResponseMessage says about its message.
// Knows the naming patterns of the WSDL templates, and no X by name.

import type { Element } from './element.ts'
import type { MessageKind } from './message-kind.ts'
import type { Verb } from './verbs.ts'

/** What the name of a typed root tells. */
export interface TypedRoot {
  /** the X of the pattern */
  readonly x: string
  readonly kind: MessageKind
  /** the verb its Header has to carry; null for a fault, which has no Header */
  readonly verb: Verb | null
  /** what its Header may name as Noun, the proper one first */
  readonly nouns: readonly string[]
  /** true for the messages that carry an OperationSet */
  readonly operationSet: boolean
  /** local name of the reply to it, in the same namespace */
  readonly reply: string
  /** local name of the fault that answers it, in the same namespace */
  readonly fault: string
}

/** One family of roots: they share namespace, Noun, reply and fault. `*` stands for X. */
interface Family {
  readonly roots: Readonly<
    Record<string, { readonly kind: MessageKind; readonly verb: Verb | null }>
  >
  readonly nouns: readonly string[]
  readonly stem: string
}

const SET: Family = {
  roots: {
    'Execute*OperationSet': { kind: 'RequestMessage', verb: 'execute' },
    'Executed*OperationSet': { kind: 'EventMessage', verb: 'executed' },
    '*OperationSetResponseMessage': { kind: 'ResponseMessage', verb: 'reply' },
    '*OperationSetFaultMessage': { kind: 'FaultMessage', verb: null },
  },
  nouns: ['OperationSet'],
  stem: '*OperationSet',
}

const QUERIES: Family = {
  roots: {
    '*QueriesRequestMessage': { kind: 'RequestMessage', verb: 'get' },
    '*QueriesResponseMessage': { kind: 'ResponseMessage', verb: 'reply' },
    '*QueriesFaultMessage': { kind: 'FaultMessage', verb: null },
  },
  nouns: ['*Queries'],
  stem: '*Queries',
}

const GET: Family = {
  roots: {
    'Get*RequestMessage': { kind: 'RequestMessage', verb: 'get' },
    'Get*ResponseMessage': { kind: 'ResponseMessage', verb: 'reply' },
    'Get*FaultMessage': { kind: 'FaultMessage', verb: null },
  },
  nouns: ['*', 'Get*'],
  stem: 'Get*',
}

const OBJECT: Family = {
  roots: {
    'Create*': { kind: 'RequestMessage', verb: 'create' },
    'Change*': { kind: 'RequestMessage', verb: 'change' },
    'Cancel*': { kind: 'RequestMessage', verb: 'cancel' },
    'Close*': { kind: 'RequestMessage', verb: 'close' },
    'Delete*': { kind: 'RequestMessage', verb: 'delete' },
    'Created*': { kind: 'EventMessage', verb: 'created' },
    'Changed*': { kind: 'EventMessage', verb: 'changed' },
    'Canceled*': { kind: 'EventMessage', verb: 'canceled' },
    'Closed*': { kind: 'EventMessage', verb: 'closed' },
    'Deleted*': { kind: 'EventMessage', verb: 'deleted' },
    '*ResponseMessage': { kind: 'ResponseMessage', verb: 'reply' },
    '*FaultMessage': { kind: 'FaultMessage', verb: null },
  },
  nouns: ['*'],
  stem: '*',
}

/** Most special first: `*ResponseMessage` would match the replies of every other family. */
const FAMILIES: readonly Family[] = [SET, QUERIES, GET, OBJECT]

/** X begins with an upper-case letter, which tells Created* from Create*. */
const X = '([A-Z].*)'

const PATTERNS = FAMILIES.flatMap((family) =>
  Object.entries(family.roots).map(([pattern, { kind, verb }]) => ({
    name: new RegExp(`^${pattern.replace('*', X)}$`),
    kind,
    verb,
    family,
  })),
)

/**
 * What the root of a strongly typed message says; undefined when it is none.
 * Its namespace ends in `Message`, as in `http://iec.ch/TC57/<year>/<X>Message`.
 */
export function typedRoot(root: Element): TypedRoot | undefined {
  return root.ns.endsWith('Message') ? typedRootNamed(root.name) : undefined
}

/** The same by the local name alone, where no namespace is given. */
export function typedRootNamed(local: string): TypedRoot | undefined {
  for (const { name, kind, verb, family } of PATTERNS) {
    const x = name.exec(local)?.[1]
    if (x !== undefined) return { x, kind, verb, ...namesOf(family, x) }
  }
  return undefined
}

/**
 * Names that a strongly typed root of this kind may have, the most special first; the schemas decide which there is.
 * @param stem what the reply is called before `ResponseMessage`: `<X>`, `<X>OperationSet`, `<X>Queries`, `Get<X>`
 * @param verb of the Header; null for a fault
 */
export function typedRootNames(
  stem: string,
  kind: MessageKind,
  verb: string | null,
): readonly string[] {
  return FAMILIES.flatMap((family) => {
    const x = new RegExp(`^${family.stem.replace('*', X)}$`).exec(stem)?.[1]
    if (x === undefined) return []
    const fitting = Object.entries(family.roots).filter(
      ([, it]) => it.kind === kind && it.verb === verb,
    )
    return fitting.map(([pattern]) => pattern.replace('*', x))
  })
}

function namesOf(family: Family, x: string) {
  const stem = family.stem.replace('*', x)
  return {
    nouns: family.nouns.map((it) => it.replace('*', x)),
    operationSet: family === SET,
    reply: `${stem}ResponseMessage`,
    fault: `${stem}FaultMessage`,
  }
}
