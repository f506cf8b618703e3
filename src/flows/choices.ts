// What a configuration may choose for flows among several ways, each with the usual one; written in the flow that is named here.

/** One of them. */
export interface Choice {
  /** the flow in which it is written */
  readonly flow: string
  readonly options: readonly string[]
  /** where nobody chooses */
  readonly usually: string
  /** half a sentence: what is left of it where the flow is not orchestrated; absent = all */
  readonly unorchestrated?: string
  readonly about: string
}

/** By name. */
export const CHOICES = {
  prematureActive: {
    flow: 'program-subscription',
    options: ['block', 'warn', 'pass'],
    usually: 'block',
    about:
      'A subscription that is to be active before its enrollment was seen to be completed: refused, told on with an alarm, or told on.',
  },
  requireStatusCheck: {
    flow: 'program-enrollment',
    options: ['always', 'ifSupported', 'never'],
    usually: 'ifSupported',
    about:
      'An enrollment is completed when each of its devices was found reachable; where its DERMS can tell; or without.',
  },
  creditRun: {
    flow: 'program-settlement',
    options: ['never', 'daily', 'weekly', 'monthly'],
    usually: 'never',
    unorchestrated:
      'settlements are collected, and credited only by whoever sends a SettlementCredit',
    about:
      'When what has been calculated is collected and, where it is orchestrated, credited: by a person alone; at the end of each day, week (Sunday) or month, at 24:00 UTC.',
  },
} as const satisfies Readonly<Record<string, Choice>>

/** The name of one of them; public. */
export type ChoiceName = keyof typeof CHOICES

/** All of them as they are in force. */
export type Choices = { readonly [N in ChoiceName]: (typeof CHOICES)[N]['options'][number] }

/** Without a configuration. */
export const USUAL_CHOICES: Choices = {
  prematureActive: CHOICES.prematureActive.usually,
  requireStatusCheck: CHOICES.requireStatusCheck.usually,
  creditRun: CHOICES.creditRun.usually,
}

/** All of them, in the order in which they are documented. */
export const CHOICE_NAMES = Object.keys(CHOICES) as readonly ChoiceName[]
