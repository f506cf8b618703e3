// Scripts as they are played: nouns in the place of their placeholders, and each branch as a case that can be planned,
// linted and weighed like every other.

import type { Branch, Profile, Say, Scenario, Script } from './shapes.ts'

/** A branch with the script that it is of. */
export interface Played {
  readonly script: Script
  readonly branch: Branch
  /** what the tester says: first what prepares it */
  readonly says: readonly Say[]
}

/** The script with the nouns of a profile. A placeholder that it has none for stays as it is. */
export function bound(script: Script, { nouns }: Pick<Profile, 'nouns'>): Script {
  const noun = (text: string) =>
    text
      .split('|')
      .map((it) => nouns[it] ?? it)
      .join('|')
  const named = <T extends { readonly noun: string }>(it: T): T => ({ ...it, noun: noun(it.noun) })
  return {
    ...script,
    steps: script.steps.map(named),
    prepares: script.prepares.map(named),
    branches: script.branches.map((it) => ({ ...it, says: it.says.map(named) })),
  }
}

/** Placeholders that are left in a script. */
export function unbound({ steps, prepares, branches }: Script): readonly string[] {
  const all = [...steps, ...prepares, ...branches.flatMap((it) => it.says)]
  return [...new Set(all.flatMap(({ noun }) => noun.match(/◊\w*/g) ?? []))]
}

/** The branches of a script, each with all that is said in it. */
export function playedOf(script: Script): readonly Played[] {
  return script.branches.map((branch) => {
    const all = [...(branch.isBare === true ? [] : script.prepares), ...branch.says]
    const says = all.map((it) => ({ ...it, with: { ...branch.with, ...it.with } }))
    return { script, branch, says }
  })
}

/** A branch as a case: what is asked of replies stands in its steps, what holds between messages in a step of its own. */
export function caseOf({ script, branch, says }: Played): Scenario {
  const { id, title } = branch
  const [first] = says
  const invariants = [...script.invariants, ...(branch.invariants ?? [])]
  const asked = [...OF_SCRIPTS, ...invariants.map((it) => it.requirement)]
  const expect = [...new Set(asked)].map((requirement) => ({ requirement }))
  const whole = first === undefined ? [] : [{ ...first, id: 'scenario', expect, edits: [] }]
  return {
    ...{ id, title, pack: script.id, target: [...script.roles], profiles: [...script.profiles] },
    ...{ source: script.source, needs: [] },
    steps: [...says, ...whole],
  }
}

/** What is asked of every branch: what is due passes, what is not does not, in this order, and preferably in this one. */
export const OF_SCRIPTS = ['SCN-01', 'SCN-02', 'SCN-03', 'SCN-04'] as const
