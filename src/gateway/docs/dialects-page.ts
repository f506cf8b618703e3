// How a vendor writes a dialect: one folder, data in rows, and what each kind of row does. The worked example is the text of
// a file that is compiled and run by the tests.

import { vendorRoutes } from '../../dialects/index.ts'
import { markup, prose, table } from './html.ts'
import { mappingTables } from './mapping-tables.ts'
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
  [
    '`date`',
    '`"startDate": "2026-07-13"`',
    '`"start": "2026-07-13T00:00:00-05:00"`',
    'the date is the one at the place, by the zone that the object names or that is agreed; without one it is refused; the time of day is listed',
  ],
  [
    '`stamp`',
    '`"at": "10-15-2022 05:00:00PM"`',
    '`"start": "2022-10-15T17:00:00-05:00"`',
    'without an offset it is refused, unless the row is `local` and a zone is agreed; a time that the clocks skip is refused, of one that they show twice the first is meant, and listed',
  ],
  [
    '`nest`',
    '`"customerInfo": {"cisPersonId": …}`',
    '`"Customer": {…}` beside the rest',
    'members that no row reads are listed',
  ],
  [
    '`only`',
    '`"stageId": "s"`',
    '`"stages": [{…}]`',
    'with `each` every item becomes an object of its own; else items behind the first are listed',
  ],
  [
    '`shared`',
    '`{"eventId": "e", "devices": [{…}]}`',
    'in each object of the list',
    'objects that do not agree go in messages of their own',
  ],
  [
    '`codes`',
    '`"days": ["MON"]`',
    '`"dayOfWeek": ["monday"]`',
    'a code that the list does not have is refused',
  ],
  [
    '`words`',
    '`"responseCode": "SUCCESS", "value": "unreachable"`',
    '`"commState": "unreachable", "status": {"value": "answered"}`',
    'fields that say one thing only between them, line by line: what stands in no line is refused, what has no place in its line is listed',
  ],
  ['`constant`', 'nothing', '`"value": "SCHEDULED"`', 'another value is listed'],
]

const LOSSES: readonly (readonly [string, string])[] = [
  ['mapped', 'how many fields were carried over'],
  ['dropped', 'fields that have no counterpart, with all that is in them'],
  [
    'kept',
    'the same, kept beside the object as an extension: the way back puts them where they were',
  ],
  ['defaulted', 'what is always said here, though the source does not say it'],
  ['invented', 'what was worked out: the start of a day, an offset'],
  [
    'altered',
    'what the other side cannot hold as it is: a text that was cut, a time without its day',
  ],
  ['unmapped', 'codes that their list does not have: each is a refusal, too'],
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
  const routes = vendorRoutes().flatMap(
    ({ method, path, action, verbs, noun, ours, dialect, concludedAt }) => [
      [
        markup`<code>${method} ${path}</code>`,
        verbs === undefined ? action : verbs.join(', '),
        ours === true ? `${noun} (path: ours)` : noun,
      ],
      ...(concludedAt === undefined
        ? []
        : [
            [
              markup`<code>POST ${concludedAt}</code> of ${dialect}`,
              'what became of each object, in the end',
              `${noun} (sent to you only; path: ours)`,
            ],
          ]),
    ],
  )
  const body = markup`<h1>Dialects</h1>
    <p class="lead">A dialect lets a vendor keep its own JSON: it is translated into CIM on the way in, and back on the way out. Everything between the two, rules, states, routes to other parties, is the same for everybody.</p>
    <h2 id="write">Write your own</h2>
    <ol>${STEPS.map((it) => markup`<li>${prose(it)}</li>`)}</ol>
    <h2 id="rows">Rows</h2>
    ${table(
      ['row', 'vendor JSON', 'CIM-JSON', 'what does not fit'],
      ROWS.map((row) => row.map(prose)),
    )}<p>Whatever no row reads is listed with all that is in it: <code>cimgate convert --dialect</code> prints it, and nothing is lost in silence. What cannot be translated is refused with 1.8 <code>rule=unmappable</code>: a JSON Pointer into your JSON, what is wrong, and how to mend it. Values keep their digits, their spaces and their offsets.</p>
    <p>${prose('A text may have a length, `most`: an identifier that is longer is refused, since a part of it names something else; with `cut` it is shortened on its way to you, and the journal has all of it. A name with `pair` is refused without its issuer.')}</p>
    <h2 id="losses">What a translation tells</h2>
    ${table(
      ['', 'what'],
      LOSSES.map(([name, what]) => [markup`<code>${name}</code>`, what]),
    )}
    <p>${prose('Who sends hears of what is dropped or kept in the reply: `0.0`, `rule=UNMAPPED`.')}</p>
    <h2 id="routes">Paths</h2>
    <p>${prose('`create`, `list`, `read`, `change` and `remove` go the way of the resource of the noun, with its rules and reply codes. `shape` says whether body and answer are one object or an array; `given` holds what the path says already, so that a body need not.')}</p>
    ${table(['path', 'does', 'noun'], routes)}<h2 id="fields">Fields and codes</h2>
    ${mappingTables()}
    <h2 id="example">A worked example</h2>
    <p>${prose('`src/dialects/acme/tickets.ts`: the tickets of a vendor are service requests.')}</p>
    <pre><code>${WORKED_RESOURCE}</code></pre>
    <p>What the vendor sends to <code>POST /vendor/acme/tickets</code>:</p>
    <pre><code>${WORKED_VENDOR}</code></pre>
    <p>What becomes of it:</p>
    <pre><code>${WORKED_CIM}</code></pre>`
  const contents = [
    ['write', 'Write your own'],
    ['rows', 'Rows'],
    ['losses', 'What a translation tells'],
    ['routes', 'Paths'],
    ['fields', 'Fields and codes'],
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
