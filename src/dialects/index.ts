// Every dialect there is, by name; the files of its folder by theirs.

import type { Dialect, Resource, VendorRoute } from './dialect.ts'
import * as exampleAgreements from './example/agreements.ts'
import * as exampleGroupRequests from './example/group-requests.ts'
import * as exampleGroups from './example/groups.ts'
import * as exampleServiceRequests from './example/service-requests.ts'
import * as cpmDeviceStatusChecks from './oracle-cpm/device-status-checks.ts'
import * as cpmDeviceStatuses from './oracle-cpm/device-statuses.ts'
import * as cpmEnrollmentStatuses from './oracle-cpm/enrollment-statuses.ts'
import * as cpmEnrollments from './oracle-cpm/enrollments.ts'
import * as cpmEventActions from './oracle-cpm/event-actions.ts'
import * as cpmEventCancellations from './oracle-cpm/event-cancellations.ts'
import * as cpmEventStatuses from './oracle-cpm/event-statuses.ts'
import * as cpmEvents from './oracle-cpm/events.ts'
import * as cpmOutcomes from './oracle-cpm/outcomes.ts'
import * as cpmReservations from './oracle-cpm/reservations.ts'
import * as cpmSubscriptionAcks from './oracle-cpm/subscription-acks.ts'
import * as cpmSubscriptions from './oracle-cpm/subscriptions.ts'
import * as cpmUnenrollments from './oracle-cpm/unenrollments.ts'
import * as dermsAggregators from './oracle-derms/aggregators.ts'
import * as dermsEnrollmentRequests from './oracle-derms/enrollment-requests.ts'
import * as dermsEvents from './oracle-derms/events.ts'
import * as dermsOptOuts from './oracle-derms/opt-outs.ts'
import * as dermsPrograms from './oracle-derms/programs.ts'
import * as dermsReservations from './oracle-derms/reservations.ts'
import * as dermsStatusCheckAcks from './oracle-derms/status-check-acks.ts'
import * as dermsStatusChecks from './oracle-derms/status-checks.ts'
import * as dermsSubscriptions from './oracle-derms/subscriptions.ts'
import * as dermsUnavailabilities from './oracle-derms/unavailabilities.ts'

/** The name is also the folder, the first segment of its routes and the value of `--dialect`. */
export const DIALECTS = {
  example: {
    groups: exampleGroups,
    'group-requests': exampleGroupRequests,
    'service-requests': exampleServiceRequests,
    agreements: exampleAgreements,
  },
  'oracle-cpm': {
    enrollments: cpmEnrollments,
    'enrollment-statuses': cpmEnrollmentStatuses,
    unenrollments: cpmUnenrollments,
    subscriptions: cpmSubscriptions,
    'subscription-acks': cpmSubscriptionAcks,
    'device-status-checks': cpmDeviceStatusChecks,
    'device-statuses': cpmDeviceStatuses,
    events: cpmEvents,
    'event-actions': cpmEventActions,
    'event-cancellations': cpmEventCancellations,
    'event-statuses': cpmEventStatuses,
    reservations: cpmReservations,
    outcomes: cpmOutcomes,
  },
  'oracle-derms': {
    'enrollment-requests': dermsEnrollmentRequests,
    subscriptions: dermsSubscriptions,
    'status-checks': dermsStatusChecks,
    'status-check-acks': dermsStatusCheckAcks,
    events: dermsEvents,
    reservations: dermsReservations,
    'opt-outs': dermsOptOuts,
    unavailabilities: dermsUnavailabilities,
    programs: dermsPrograms,
    aggregators: dermsAggregators,
  },
} as const satisfies Readonly<Record<string, Dialect>>

export type DialectName = keyof typeof DIALECTS

/** A route with its whole path, and the resource that translates for it. */
export interface BoundRoute extends VendorRoute {
  readonly dialect: string
  /** name of the file of its resource */
  readonly file: string
  readonly resource: Resource
}

/** The dialect of that name; undefined when there is none. */
export function dialectNamed(name: string): Dialect | undefined {
  return Object.hasOwn(DIALECTS, name) ? DIALECTS[name as DialectName] : undefined
}

/** The first resource in which a dialect speaks of a noun; undefined when it does not. */
export function resourceFor(dialect: string, noun: string): Resource | undefined {
  return resourcesFor(dialect, noun)[0]
}

/** Every resource in which a dialect speaks of a noun. */
export function resourcesFor(dialect: string, noun: string): readonly Resource[] {
  const resources = Object.values<Resource>(dialectNamed(dialect) ?? {})
  return resources.filter((it) => it.routes.some((route) => route.noun === noun))
}

/** Every route of every dialect: `/vendor/<dialect>/…`. */
export function vendorRoutes(): readonly BoundRoute[] {
  return Object.entries<Dialect>(DIALECTS).flatMap(([dialect, resources]) =>
    Object.entries(resources).flatMap(([file, resource]) =>
      resource.routes.map((it) => ({
        ...it,
        path: `/vendor/${dialect}${it.path}`,
        dialect,
        file,
        resource,
      })),
    ),
  )
}
