// Where a vendor says what CIM holds at some place: the way back from what is wrong with an object of CIM to the field of the
// vendor that it came from, or would have to come from.

import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import type { Mapped } from './dialect.ts'
import { pointer } from './outcome.ts'
import { cimMembers } from './row.ts'
import type { ListRow, NamesRow, Row, WordsRow } from './row.ts'

/** One step down in an object of CIM; `at` = which of a list, from 0. */
export interface Step {
  readonly name: string
  readonly at?: number
}

/** A field of the vendor, as a pointer from its object; `isAround` = from the message around the list of its objects. */
export interface VendorPlace {
  readonly path: string
  readonly isAround?: true
}

/**
 * The field from which the member comes that the steps lead to; of a member that is missing, the first that could say it.
 * @param object the object of CIM, as far as it is there
 * @returns undefined where no field says it
 */
export function vendorPlace(
  { rows, around }: Mapped,
  object: Json | undefined,
  steps: readonly Step[],
): VendorPlace | undefined {
  return placeIn(rows, object, steps) ?? whereAround(placeIn(around?.rows ?? [], object, steps))
}

function whereAround(it: VendorPlace | undefined): VendorPlace | undefined {
  return it === undefined ? undefined : { ...it, isAround: true }
}

function placeIn(
  rows: readonly Row[],
  object: Json | undefined,
  steps: readonly Step[],
): VendorPlace | undefined {
  for (const it of rows) {
    const found = placeBy(it, object, steps)
    if (found !== undefined) return found
  }
  return undefined
}

function placeBy(
  row: Row,
  object: Json | undefined,
  steps: readonly Step[],
): VendorPlace | undefined {
  if (row.kind === 'nest') return below(row.vendor, placeIn(row.rows, object, steps))
  if (row.kind === 'shared') return whereAround(placeIn(row.rows, object, steps))
  const [step, ...rest] = steps
  if (step === undefined) return firstField(row)
  if (row.kind === 'words') return wordField(row, step, rest)
  if (row.kind === 'constant' || row.cim !== step.name) return undefined
  const inside = childOf(member(object, step.name), step)
  switch (row.kind) {
    case 'inline':
    case 'only':
      return placeIn(row.rows, inside, rest)
    case 'names':
      return nameField(row, member(object, row.cim), steps)
    case 'part':
      return below(row.vendor, within(row.rows, inside, rest))
    case 'list':
      return below(
        row.vendor,
        rest.length === 0 && step.at === undefined ? HERE : item(row, inside, steps),
      )
    default:
      return { path: pointer('', row.vendor) }
  }
}

const HERE: VendorPlace = { path: '' }

function item(
  { rows }: ListRow,
  inside: Json | undefined,
  [step, ...rest]: readonly Step[],
): VendorPlace | undefined {
  return below(step?.at ?? 0, within(rows, inside, rest))
}

/** What no field says of an object that the vendor has, too, is wrong with that object. */
function within(
  rows: readonly Row[],
  inside: Json | undefined,
  rest: readonly Step[],
): VendorPlace {
  return rest.length === 0 ? HERE : (placeIn(rows, inside, rest) ?? HERE)
}

function below(step: string | number, it: VendorPlace | undefined): VendorPlace | undefined {
  if (it === undefined || it.isAround === true) return it
  return { ...it, path: `${pointer('', step)}${it.path}` }
}

function childOf(it: Json | undefined, { at = 0 }: Step): Json | undefined {
  return Array.isArray(it) ? it[at] : it
}

/** The text that goes on from a word, or the first field that says it. */
function wordField(row: WordsRow, step: Step, [inner]: readonly Step[]): VendorPlace | undefined {
  if (!cimMembers(row).includes(step.name)) return undefined
  const texts = row.words.flatMap(({ text }) => text ?? [])
  const text = texts.find((it) => it.cim === step.name && it.row.cim === inner?.name)
  return { path: pointer('', text?.row.vendor ?? row.vendor[0]) }
}

/** The first field that says something of what a row is about. */
function firstField(row: Row): VendorPlace | undefined {
  if (row.kind === 'constant') return undefined
  if (row.kind === 'inline' || row.kind === 'only') return placeIn(row.rows, undefined, [])
  if (row.kind === 'words') return { path: pointer('', row.vendor[0]) }
  const own = row.kind === 'names' ? row.names[0]?.vendor : 'vendor' in row ? row.vendor : undefined
  return own === undefined ? undefined : { path: pointer('', own) }
}

/** Names are told apart by their types; the authority of a type is a field of its own. */
function nameField(
  { names }: NamesRow,
  entries: Json | undefined,
  [step, ...rest]: readonly Step[],
): VendorPlace | undefined {
  const entry = step === undefined ? undefined : childOf(entries, step)
  const type = member(member(entry, 'NameType'), 'name')
  const field = entry === undefined ? names[0] : names.find((it) => it.type === type)
  const isIssuer = rest.some(({ name }) => name === 'NameTypeAuthority')
  const vendor = isIssuer ? (field?.issuer ?? field?.vendor) : field?.vendor
  return vendor === undefined ? undefined : { path: pointer('', vendor) }
}
