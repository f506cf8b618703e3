// As much of curl as the tour of README.md uses, for machines without it: `-s URL -X METHOD -H HEADER -d|--data-binary BODY`.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: 'string', short: 'X' },
    silent: { type: 'boolean', short: 's' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
    'data-binary': { type: 'string' },
  },
})

const body = values.data ?? values['data-binary']
const response = await fetch(positionals[0] ?? '', {
  headers: values.header.map((it) => it.split(/:\s*/, 2) as [string, string]),
  method: values.request ?? (body === undefined ? 'GET' : 'POST'),
  ...(body === undefined ? {} : { body: body === '@-' ? readFileSync(0) : body }),
})
process.stdout.write(await response.text())
