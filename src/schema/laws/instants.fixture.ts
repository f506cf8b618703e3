// For tests only: dates and times with an offset, the instants that they name, and other ways to name these.

import type { Value } from './values.fixture.ts'
import type { Random } from '../random.ts'

const SHAPE = /^\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)\s*$/

/** True for a dateTime with a zone: without one it names no instant. */
export function isInstant({ type, json }: Value): boolean {
  return (
    type.variety === 'atomic' &&
    type.primitive === 'dateTime' &&
    Object.keys(type.facets).length === 0 &&
    SHAPE.test(String(json))
  )
}

interface Instant {
  readonly milliseconds: number
  /** of a second, as it is written, without zeros at its end */
  readonly fraction: string
}

function instantOf(text: string): Instant {
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] =
    SHAPE.exec(text) ?? []
  const local = new Date(0)
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  local.setUTCHours(Number(hour), Number(minute), Number(second))
  const milliseconds = local.getTime() - minutesOf(zone) * 60_000
  return { milliseconds, fraction: fraction.replace(/\.?0*$/, '') }
}

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** The same instant in another offset; the fraction of a second stays as it is. */
export function withOtherOffset(text: string, random: Random): string {
  const offset = (random.below(113) - 56) * 15
  const { milliseconds } = instantOf(text)
  const local = new Date(milliseconds + offset * 60_000)
  const fraction = SHAPE.exec(text)?.[7] ?? ''
  const year = local.getUTCFullYear()
  if (Number.isNaN(year) || year < 1 || year > 9999) return text
  return `${local.toISOString().slice(0, 19)}${fraction}${zoneOf(offset)}`
}

function zoneOf(offset: number): string {
  const two = (it: number) => String(it).padStart(2, '0')
  const minutes = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Negative, zero or positive as `a` is before, at or after `b`. */
export function laterThan(a: string, b: string): number {
  const [one, other] = [instantOf(a), instantOf(b)]
  const whole = Math.sign(one.milliseconds - other.milliseconds)
  return whole === 0 ? order(one.fraction, other.fraction) : whole
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
