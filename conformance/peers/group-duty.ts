// What DERMS Operations does with groups that are there: it reports and foresees what they make, and takes what they are
// asked to make. What becomes of a dispatch in the field is not played.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import type { Ask, Done, Failure } from './party.ts'
import type { Tools } from './peer.ts'
import { element } from './write.ts'

/** Groups by mRID. */
type Groups = ReadonlyMap<string, Node>

/** Namespaces of what it knows besides the groups themselves. */
export const DUTY_NAMESPACES = [
  ...['Statuses', 'StatusQueries', 'Forecasts', 'ForecastQueries', 'Dispatches'].map(
    (it) => `http://iec.ch/TC57/2017/DERGroup${it}#`,
  ),
  'http://iec.ch/TC57/2011/EndDeviceControls#',
]
const [STATUSES = '', , FORECASTS = ''] = DUTY_NAMESPACES

/** No group has this mRID, or this name. */
export function unknown(id: string): Failure {
  return { code: '99.1', reason: 'There is no such group.', id, objectType: 'DERGroup' }
}

/** The groups that are asked for, each as it is told of; those that are not there are named. */
export function toldOf(
  groups: Groups,
  content: Node | undefined,
  root: string,
  ns: string,
  tell: (group: Node) => Node,
): Done<Groups> {
  const asked = find(content, 'EndDeviceGroup')
  const of = (it: Node) => groups.get(textAt(it, 'mRID') ?? '') ?? named(groups, it)
  const there = asked.map(of).filter((it) => it !== undefined)
  const failures = asked
    .filter((it) => of(it) === undefined)
    .map((it) => unknown(textAt(it, 'mRID') ?? textAt(it, 'Names/name') ?? ''))
  const payload = there.length === 0 ? undefined : element(ns, root, there.map(tell))
  return { state: groups, failures, isPartly: there.length > 0, payload }
}

function named(groups: Groups, asked: Node): Node | undefined {
  const [name] = textsAt(asked, 'Names/name')
  return [...groups.values()].find(
    (it) => name !== undefined && textsAt(it, 'Names/name').includes(name),
  )
}

/** Of the group as a whole: no member stands in it. */
export function status(groups: Groups, { content }: Ask, { now }: Tools): Done<Groups> {
  return toldOf(groups, content, 'DERGroupStatuses', STATUSES, (group) =>
    element(STATUSES, 'EndDeviceGroup', [
      element(STATUSES, 'mRID', textAt(group, 'mRID') ?? ''),
      parameter(STATUSES, [
        element(STATUSES, 'DERCurveData', [
          element(STATUSES, 'nominalYValue', '0'),
          element(STATUSES, 'timeStamp', now),
        ]),
      ]),
    ]),
  )
}

/** For the intervals that are asked for. */
export function forecast(groups: Groups, { content }: Ask, { now, uuid }: Tools): Done<Groups> {
  const copied = ['curveStyleKind', 'startTime', 'timeIntervalDuration', 'timeIntervalUnit']
  const said = (name: string) => textAt(content, `**/DispatchSchedule/${name}`) ?? ''
  const count = Number(said('numberOfIntervals'))
  return toldOf(groups, content, 'DERGroupForecasts', FORECASTS, (group) => {
    const mRID = textAt(group, 'mRID') ?? ''
    return element(FORECASTS, 'DERGroupForecast', [
      element(FORECASTS, 'mRID', uuid('forecast', mRID, now)),
      element(FORECASTS, 'predictionCreationDate', now),
      element(FORECASTS, 'EndDeviceGroup', [
        element(FORECASTS, 'mRID', mRID),
        parameter(FORECASTS, [
          element(FORECASTS, 'DispatchSchedule', [
            ...copied.map((it) => element(FORECASTS, it, said(it))),
            ...Array.from({ length: count }, (_it, at) => interval(at + 1)),
          ]),
        ]),
      ]),
    ])
  })
}

function parameter(ns: string, rest: readonly Node[]): Node {
  return element(ns, 'DERMonitorableParameter', [
    element(ns, 'DERParameter', 'activePower'),
    element(ns, 'yMultiplier', 'k'),
    element(ns, 'yUnit', 'W'),
    ...rest,
  ])
}

function interval(number: number): Node {
  return element(FORECASTS, 'DERCurveData', [
    element(FORECASTS, 'intervalNumber', String(number)),
    element(FORECASTS, 'nominalYValue', '0'),
  ])
}

/** [parameter, its unit, the function that a group needs for it]; of what stands nowhere here nothing is asked. */
const PARAMETERS: readonly (readonly [string, string, string])[] = [
  ['activePower', 'W', 'realPowerDispatch'],
  ['reactivePower', 'VAr', 'reactivePowerDispatch'],
  ['apparentPower', 'VA', 'realPowerDispatch'],
  ['voltage', 'V', 'voltageRegulation'],
]

/** A dispatch is taken where the group is there and can do it, and all that it says fits together. */
export function dispatch(groups: Groups, { content }: Ask): Done<Groups> {
  const failures = find(content, 'DERGroupDispatch').flatMap((it) =>
    find(it, 'EndDeviceGroup').flatMap((one) => refusals(groups, one)),
  )
  return { state: groups, failures }
}

function refusals(groups: Groups, asked: Node): readonly Failure[] {
  const id = textAt(asked, 'mRID') ?? ''
  const group = groups.get(id)
  if (group === undefined) return [unknown(id)]
  const refused = (reason: string): Failure => ({ code: '6.1', reason, id })
  return find(asked, 'DERMonitorableParameter').flatMap((it) => {
    const row = PARAMETERS.find(([name]) => name === textAt(it, 'DERParameter'))
    const numbers = find(it, 'DispatchSchedule').map((one) =>
      textsAt(one, 'DERCurveData/intervalNumber'),
    )
    return [
      ...(row !== undefined && row[1] !== textAt(it, 'yUnit')
        ? [refused(`The unit of ${row[0]} is ${row[1]}.`)]
        : []),
      ...(row !== undefined && textAt(group, `DERFunction/${row[2]}`) !== 'true'
        ? [refused(`The group has no ${row[2]}.`)]
        : []),
      ...(numbers.some((all) => all.some((number, at) => number !== String(at + 1)))
        ? [refused('Intervals are numbered from 1 without a gap.')]
        : []),
    ]
  })
}

/** A control goes to groups that are there. */
export function control(groups: Groups, { content }: Ask): Done<Groups> {
  const asked = textsAt(content, 'EndDeviceControl/EndDeviceGroups/mRID')
  return { state: groups, failures: asked.filter((it) => !groups.has(it)).map(unknown) }
}
