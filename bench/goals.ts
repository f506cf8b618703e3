// The goals, each with what libxml2 alone can reach and what is aimed at. The rows of the bench refer to them.

/** A figure to be met. */
export interface Goal {
  readonly what: string
  /** what the figure is a share or a multiple of */
  readonly unit: string
  readonly better: 'less' | 'more'
  /** reachable with libxml2 alone */
  readonly today: number
  /** aimed at, reading and judging in one pass */
  readonly final: number
}

const OF_C = 'x C libxml2'

/** Numbers are stable: a goal that is given up keeps its number. */
export const GOALS = {
  1: { what: 'validate + CIM-JSON', unit: OF_C, better: 'less', today: 3.5, final: 0.9 },
  2: { what: 'validate alone', unit: OF_C, better: 'less', today: 1.6, final: 0.9 },
  '2L': { what: 'validate alone, 200 kB', unit: OF_C, better: 'less', today: 1.1, final: 0.9 },
  3: { what: 'all diagnostics', unit: 'x the valid one', better: 'less', today: 2.5, final: 2.5 },
  4: { what: 'CIM-JSON -> XML', unit: 'x concatenation', better: 'less', today: 1.5, final: 1.5 },
  5: { what: 'HTTP end to end', unit: 'of koa echo', better: 'more', today: 0.12, final: 0.28 },
  6: { what: 'durable commit', unit: '% of throughput', better: 'less', today: 30, final: 30 },
  7: { what: 'two processes', unit: 'x one', better: 'more', today: 1.6, final: 1.7 },
  8: { what: 'memory growth', unit: 'MB', better: 'less', today: 5, final: 5 },
  9: { what: 'longest wait beside 5 MB', unit: 'ms', better: 'less', today: 20, final: 20 },
  10: { what: 'WS fan-out', unit: 'of socket writes', better: 'more', today: 0.65, final: 0.65 },
  11: { what: 'validate 2,000 files', unit: 'x xmllint', better: 'less', today: 4.5, final: 3 },
  '11S': { what: 'validate one file', unit: 's', better: 'less', today: 0.25, final: 0.2 },
  12: { what: 'group of 10,000 members', unit: 's', better: 'less', today: 1, final: 0.3 },
  '12R': { what: 'reservation of 100,000', unit: 's', better: 'less', today: 60, final: 15 },
  '12K': { what: 'the same, kept here', unit: 's', better: 'less', today: 60, final: 15 },
  '12A': { what: 'its acknowledgement', unit: 's', better: 'less', today: 1, final: 1 },
  '12M': { what: 'memory for it', unit: 'MB', better: 'less', today: 400, final: 400 },
  // A score is no more work than a reserved device: ten times as many may take ten times as long.
  '12S': { what: 'a million scores', unit: 's', better: 'less', today: 600, final: 150 },
  13: { what: 'start to ready', unit: 's', better: 'less', today: 1.5, final: 1 },
  '13L': { what: 'start, 100,000 messages', unit: 's', better: 'less', today: 3, final: 2 },
  14: { what: 'slowest refusal', unit: 's', better: 'less', today: 1, final: 1 },
  15: { what: 'linear work', unit: 'x a tenth', better: 'less', today: 20, final: 20 },
} as const satisfies Readonly<Record<string, Goal>>

export type GoalId = keyof typeof GOALS

/** How a figure stands to its goal. */
export function verdictOn(id: GoalId, value: number): 'missed' | 'met' | 'met, final too' {
  const { better, today, final }: Goal = GOALS[id]
  const meets = (goal: number) => (better === 'less' ? value <= goal : value >= goal)
  return meets(final) ? 'met, final too' : meets(today) ? 'met' : 'missed'
}
