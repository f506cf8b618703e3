// PUT /api/v1/files/{kind}/{name}: a file as it would come into the folder of its kind, in a stream.

import { JSON_ERRORS } from '../operation.ts'
import type { Operation } from '../operation.ts'
import { pathIn } from '../resource-request.ts'
import type { Route, RouteParts } from '../route.ts'

const PATH = '/api/v1/files/:kind/:name'

const PUT_FILE: Operation = {
  id: 'putFile',
  tag: 'Lists',
  answers: ['fileTaken', 'fileKnown'],
  errors: [
    ...(['malformed', 'too-large', 'unsupported-media-type', 'invalid-parameter'] as const),
    ...(['unauthorized', 'not-found', 'wrong-state'] as const),
    ...JSON_ERRORS,
  ],
}

/** @param parts how files are put */
export function fileRoutes({ putFile }: Pick<RouteParts, 'putFile'>): readonly Route[] {
  return [
    {
      method: 'PUT',
      path: PATH,
      body: [],
      stream: true,
      about:
        'put a file of device scores, event outcomes or network locations into its folder, or the manifest of one',
      operation: PUT_FILE,
      answer: ({ params, sender, octets = NOTHING }) => {
        const { kind = '', name = '' } = params
        return putFile({ kind, name, sender, octets, instance: pathIn(PATH, params) })
      },
    },
  ]
}

/** The body of a request that has none. */
const NOTHING: AsyncIterable<Uint8Array> = (async function* () {})()
