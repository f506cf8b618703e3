// Durations as people write them: a whole number with its unit.

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const

type Unit = keyof typeof UNITS

/** Milliseconds of `500ms`, `30s`, `2m`, `8h`, `90d`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * UNITS[unit as Unit]
}

/** The same in the largest unit in which it is a whole number. */
export function durationText(ms: number): string {
  const units = Object.entries(UNITS)
  const [unit, size] = units.find(([, it]) => ms >= it && ms % it === 0) ?? ['ms', 1]
  return `${ms / size}${unit}`
}
