// Gateways in memory as rows of the kill matrix: the reference gateway with one thing wrong, or the same written otherwise.

import { fileURLToPath } from 'node:url'
import { openCimgate } from '../../src/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { FACADE_CHECKS } from '../checks/facade.ts'
import type { FacadeCheck } from '../checks/facade.ts'
import { differential, mappingCases } from '../engine/differential.ts'
import { isValid, resourceOf, subjectOf } from '../engine/mapping/samples.ts'
import type { Ran } from '../engine/run.ts'
import { uuidOf } from '../ids.ts'
import { BROKEN_GATEWAYS, EQUAL_GATEWAYS } from '../peers/broken/gateways.ts'
import type { BrokenGateway } from '../peers/broken/gateways.ts'
import { referenceGateway } from '../peers/reference-gateway.ts'
import type { Quirk } from '../peers/reference-gateway.ts'
import { gatewayStatement, statementOf } from '../statement.ts'
import { foundIn } from './messages.ts'
import { groundOf, runFor } from './playing.ts'
import type { Ground } from './playing.ts'
import { exactly, noticed } from './row.ts'
import type { Row } from './row.ts'

/** In it stands every kind of value that can be lost, see its schema. */
const NOUNS: readonly string[] = ['HardValues']
const SCHEMAS = fileURLToPath(new URL('../../../conformance/selftest/xsd', import.meta.url))

/** Each broken one under exactly its ids, each equal one under none; each check left out, and failing by itself. */
export async function gatewayRows({ register, seed }: Ground): Promise<readonly Row[]> {
  const cimgate = await openCimgate({ xsd: [SCHEMAS] })
  try {
    return await rowsOn(groundOf(register, cimgate, seed))
  } finally {
    await cimgate.close()
  }
}

async function rowsOn(ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const it of BROKEN_GATEWAYS)
    rows.push(exactly('peer', `GW ${it.id}`, it.kills, await foundOf(it, ground)))
  for (const it of EQUAL_GATEWAYS)
    rows.push(exactly('no-op', `GW ${it.id}`, [], await foundOf(it, ground)))
  for (const { requirement } of FACADE_CHECKS) {
    const without = FACADE_CHECKS.filter((it) => it.requirement !== requirement)
    const mutants = BROKEN_GATEWAYS.filter((it) => it.kills.includes(requirement))
    const found = await Promise.all(mutants.map((it) => foundOf(it, ground, without)))
    rows.push(
      noticed(
        `without the check of ${requirement}`,
        found.some((it) => it.length === 0),
      ),
    )
  }
  return [...rows, ...(await failing(ground))]
}

async function failing(ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { requirement } of FACADE_CHECKS) {
    const judge = () => {
      throw new Error('broken on purpose')
    }
    const checks = FACADE_CHECKS.map((it) =>
      it.requirement === requirement ? { ...it, judge } : it,
    )
    const { results, exitCode } = await playedGateway({}, ground, checks)
    const isSaid = results.verdict === 'harness-error' && exitCode === 4
    rows.push(noticed(`the check of ${requirement} fails by itself`, isSaid))
  }
  return rows
}

async function foundOf(
  it: BrokenGateway,
  ground: Ground,
  checks?: readonly FacadeCheck[],
): Promise<readonly string[]> {
  return foundIn((await playedGateway(it.quirk(), ground, checks)).results)
}

/** The cases of a few nouns, against it. */
async function playedGateway(
  quirk: Quirk,
  ground: Ground,
  checks: readonly FacadeCheck[] = FACADE_CHECKS,
): Promise<Ran> {
  const { register, judge, nouns, seed } = ground
  const capability = gatewayStatement(statementOf('GW', register), NOUNS)
  const held = NOUNS.flatMap((noun) => {
    const subject = subjectOf(noun, nouns)
    return subject === undefined ? [] : [{ ...subject, resource: resourceOf(noun) }]
  })
  const now = () => '2026-07-14T09:00:00Z'
  const admits = (message: JsonObject) => isValid(message, nouns)
  let ids = 0
  const uuid = () => uuidOf(seed, 'gateway', String((ids += 1)))
  const cases = mappingCases({ roles: { GW: { receives: created(NOUNS), sends: {} } } })
  return differential({
    ...runFor(capability, { ...ground, register: { ...register, scenarios: cases } }, { now }),
    ...{ judge, nouns, waitMs: 0, checks },
    bridge: (hears) =>
      Promise.resolve(referenceGateway({ nouns: held, admits, judge, hears, uuid, now, quirk })),
  })
}

function created(nouns: readonly string[]): Readonly<Record<string, 'M'>> {
  return Object.fromEntries(nouns.map((it) => [`create ${it}`, 'M']))
}
