// How a vendor writes a dialect: one folder, data in rows, and what each kind of row does. The worked example is the text of
// a file that is compiled and run by the tests.

import { vendorRoutes } from '../../dialects/index.ts'
import { markup, prose, table } from './html.ts'
import type { Page } from './page.ts'
import { WORKED_CIM, WORKED_RESOURCE, WORKED_VENDOR } from '../../dialects/worked.ts'

/** [row, vendor JSON, CIM-JSON, what is listed or refused] */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  [
    '`value`',
    '`"note": "x"`',
    '`"comment": "x"`',
    'anything but text, number, true or false is refused',
  ],
  [
    '`code`',
    '`"state": "OPEN"`',
    '`"value": "submitted"`',
    'a code that the list does not have is refused, with the allowed ones',
  ],
  [
    '`part`',
    '`"wanted": {"from": …}`',
    '`"requestedInterval": {"start": …}`',
    'members that no row reads are listed',
  ],
  [
    '`inline`',
    '`"meterPointId": "m"`',
    '`"UsagePoint": {"mRID": "m"}`',
    'an empty object is listed',
  ],
  ['`list`', '`"members": [{…}]`', '`"EndDevices": [{…}]`', 'what is no array is refused'],
  [
    '`ids`',
    '`"tariffIds": ["a"]`',
    '`"PricingStructures": [{"mRID": "a"}]`',
    'a reference without mRID is listed',
  ],
  [
    '`names`',
    '`"reference": "R-1"`',
    '`"Names": [{"name": "R-1"}]`',
    'names of a NameType that no field has are listed',
  ],
  [
    '`flags`',
    '`"can": ["RAMP"]`',
    '`"DERFunction": {"rampRateControl": true, …}`',
    'a boolean that is missing is refused: false is not said',
  ],
]

const STEPS: readonly string[] = [
  'Make the folder `src/dialects/<vendor>/`. Its name is the first step of your paths, `/vendor/<vendor>/…`, and the value of `--dialect` and of `dialect` in a binding.',
  'Write one file for each resource: rows, `mapping`, `routes`. It exports `toCim`, `toVendor` and `routes`, and nothing else. Rows are data: both directions, losses and refusals are made from them.',
  'List it in `src/dialects/index.ts`, under the name of the file.',
  'Add `example.json` to the samples of the flow, and a test that goes both ways: what you can say comes back as it was, and what you cannot say is listed.',
  'Run `npm test`. It names what is missing: a file that is not listed, an export too many, a path that stands twice.',
]

/** The page. */
export function dialectsPage(): Page {
  const routes = vendorRoutes().map(({ method, path, action, noun }) => [
    markup`<code>${method} ${path}</code>`,
    action,
    noun,
  ])
  const body = markup`<h1>Dialects</h1>
    <p class="lead">A dialect lets a vendor keep its own JSON: it is translated into CIM on the way in, and back on the way out. Everything between the two, rules, states, routes to other parties, is the same for everybody.</p>
    <h2 id="write">Write your own</h2>
    <ol>${STEPS.map((it) => markup`<li>${prose(it)}</li>`)}</ol>
    <h2 id="rows">Rows</h2>
    ${table(
      ['row', 'vendor JSON', 'CIM-JSON', 'what does not fit'],
      ROWS.map((row) => row.map(prose)),
    )}<p>Whatever no row reads is listed with all that is in it: <code>cimgate convert --dialect</code> prints it, and nothing is lost in silence. What cannot be translated is refused with 1.8 <code>rule=unmappable</code>: a JSON Pointer into your JSON, what is wrong, and how to mend it. Values keep their digits, their spaces and their offsets.</p>
    <h2 id="routes">Paths</h2>
    <p>${prose('`create`, `list`, `read`, `change` and `remove` go the way of the resource of the noun, with its rules and reply codes. `shape` says whether body and answer are one object or an array; `given` holds what the path says already, so that a body need not.')}</p>
    ${table(['path', 'does', 'noun'], routes)}<h2 id="example">A worked example</h2>
    <p>${prose('`src/dialects/acme/tickets.ts`: the tickets of a vendor are service requests.')}</p>
    <pre><code>${WORKED_RESOURCE}</code></pre>
    <p>What the vendor sends to <code>POST /vendor/acme/tickets</code>:</p>
    <pre><code>${WORKED_VENDOR}</code></pre>
    <p>What becomes of it:</p>
    <pre><code>${WORKED_CIM}</code></pre>`
  const contents = [
    ['write', 'Write your own'],
    ['rows', 'Rows'],
    ['routes', 'Paths'],
    ['example', 'A worked example'],
  ] as const
  return {
    title: 'Dialects',
    about: 'How a vendor keeps its own JSON.',
    at: '/docs/guide/dialects',
    body,
    contents,
  }
}
