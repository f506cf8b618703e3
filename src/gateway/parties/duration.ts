// Durations as people write them: a whole number with its unit.

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Milliseconds of `500ms`, `30s`, `2m`, `8h`, `90d`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 0)
}
