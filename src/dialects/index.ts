// Every dialect there is, by name; the files of its folder by theirs.

import type { Dialect, Resource, VendorRoute } from './dialect.ts'
import * as exampleAgreements from './example/agreements.ts'
import * as exampleGroupRequests from './example/group-requests.ts'
import * as exampleGroups from './example/groups.ts'
import * as exampleServiceRequests from './example/service-requests.ts'
import * as cpmEnrollments from './oracle-cpm/enrollments.ts'
import * as dermsEnrollmentRequests from './oracle-derms/enrollment-requests.ts'

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
  },
  'oracle-derms': {
    'enrollment-requests': dermsEnrollmentRequests,
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

/** The resource in which a dialect speaks of a noun; undefined when it does not. */
export function resourceFor(dialect: string, noun: string): Resource | undefined {
  const resources = Object.values(dialectNamed(dialect) ?? {})
  return resources.find((it) => it.routes.some((route) => route.noun === noun))
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
