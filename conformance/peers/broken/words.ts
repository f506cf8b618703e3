// Peers that say what is wrong, whatever they do: under which root, with which ids, with which result.

import { find, textAt } from '../../find.ts'
import { withText, without } from '../../mutate/tree.ts'
import type { Node } from '../../xml.ts'
import type { Heard } from '../peer.ts'
import { hearing, idle, okTo, replying, withResult } from '../variants.ts'
import type { Variant } from '../variants.ts'
import { element } from '../write.ts'

/** One of them: what it is, which requirements have to say so, and how it is made. */
export type Row = readonly [id: string, kills: string, of: Variant]

/** It could not be read. */
export const isUnreadable = ({ root }: Heard) => root === undefined

/** All of them. */
export const WORDS: readonly Row[] = [
  // What it says, whatever it does.
  ['accepts whatever it can read', 'COR-03 PAY-07', hearing((it) => ({ ...it, wrong: [] }))],
  [
    'refuses everything',
    'RPL-07 ALV-01',
    (it) => replying((reply) => withResult(reply, 'FAILED'))(idle(it)),
  ],
  [
    'refuses everything for a usage point that it does not know',
    'RPL-07 ALV-01',
    (it) => replying((reply) => withResult(reply, 'FAILED', '2.12'))(idle(it)),
  ],
  ['echoes the request', 'RPL-06', replying((reply, { root }) => root ?? reply)],
  [
    'says OK to everything',
    'VRB-03 NOU-04 PAY-07 RPL-08 XML-03 COR-03 GRP-02 GRP-03 GRP-09 OPS-01',
    replying(
      (reply, message, tools) => okTo(message, reply, tools),
      () => 200,
    ),
  ],
  [
    'says FAILED to everything, and does it',
    'RPL-07 GRP-13',
    replying((reply) => withResult(reply, 'FAILED')),
  ],
  [
    'says OK where it could not read',
    'RPL-08 XML-03',
    replying(
      (reply, message, tools) => (isUnreadable(message) ? okTo(message, reply, tools) : reply),
      () => 200,
    ),
  ],
  ['says OK and does nothing', 'GRP-04', idle],
  [
    'answers by faults alone',
    'ENV-04',
    replying(
      (reply) => element(reply.ns, 'FaultMessage', find(reply, 'Reply')),
      () => 400,
    ),
  ],
  [
    'answers every fault as if all were well',
    'TRN-04',
    replying(
      (reply) => reply,
      () => 200,
    ),
  ],
  [
    'refuses under a status of failure',
    'TRN-04',
    replying(
      (reply) => reply,
      (status) => (status === 200 ? 422 : status),
    ),
  ],
  // What stands in the Header.
  ['drops the Timestamp', 'HDR-03', replying((reply) => without(reply, 'Header/Timestamp'))],
  [
    'writes times without a zone',
    'HDR-04',
    replying((reply) => withText(reply, 'Header/Timestamp', (it) => it.text.replace('Z', ''))),
  ],
  [
    'forgets the CorrelationID',
    'COR-01',
    replying((reply) => without(reply, 'Header/CorrelationID')),
  ],
  [
    'writes the CorrelationID in capitals',
    'COR-01',
    replying((reply) => withText(reply, 'Header/CorrelationID', (it) => it.text.toUpperCase())),
  ],
  [
    'has MessageID and CorrelationID mixed up',
    'COR-01 HDR-02',
    replying((reply) =>
      withText(
        withText(reply, 'Header/MessageID', textAt(reply, 'Header/CorrelationID') ?? ''),
        'Header/CorrelationID',
        textAt(reply, 'Header/MessageID') ?? '',
      ),
    ),
  ],
  [
    'has the same MessageID in every reply',
    'HDR-02',
    replying((reply) => withText(reply, 'Header/MessageID', 'reply-1')),
  ],
  [
    'has the MessageID of the request',
    'HDR-02',
    replying((reply, { root }) =>
      withText(reply, 'Header/MessageID', textAt(root, 'Header/MessageID') ?? ''),
    ),
  ],
  [
    'repeats the verb of the request',
    'VRB-01',
    replying((reply, { root }) =>
      withText(reply, 'Header/Verb', textAt(root, 'Header/Verb') ?? 'reply'),
    ),
  ],
  [
    'names another Noun',
    'NOU-03',
    replying((reply) => withText(reply, 'Header/Noun', 'DERGroups')),
  ],
  [
    'has the namespace with www.',
    'ENV-01',
    replying((reply) => inNamespace(reply, 'http://www.iec.ch/TC57/2011/schema/message')),
  ],
  // What stands in Reply.
  ['says FAILED and not why', 'RPL-01', replying((reply) => without(reply, 'Reply/Error'))],
  [
    'gives codes of its own',
    'RPL-05',
    replying((reply) => withText(reply, '**/Error/code', 'ERR_GENERIC')),
  ],
  ['gives codes and no words', 'RPL-04', replying((reply) => without(reply, '**/Error/reason'))],
  [
    'says PARTIAL and hides what failed',
    'GRP-06 RPL-02',
    replying((reply) =>
      textAt(reply, 'Reply/Result') === 'PARTIAL' ? without(reply, 'Reply/Error/ID') : reply,
    ),
  ],
  [
    'says OK where some of it failed',
    'GRP-06',
    replying((reply) =>
      textAt(reply, 'Reply/Result') === 'PARTIAL' ? withResult(reply, 'OK') : reply,
    ),
  ],
]

function inNamespace(node: Node, ns: string): Node {
  const own = node.ns
  const children = node.children.map((it) => (it.ns === own ? inNamespace(it, ns) : it))
  return { ...node, ns, children }
}
