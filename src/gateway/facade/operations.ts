// What the operations of a resource promise: the same for every noun.

import type { ErrorCode } from '../../envelope/errors.ts'
import { BODY_ERRORS, JSON_ERRORS, OBJECT_ERRORS, UNPROCESSABLE } from '../operation.ts'
import type { Operation } from '../operation.ts'

const RESOURCE = { tag: 'Resources' } as const

/** What the façade refuses beside what anyone would. */
const REFUSALS: readonly ErrorCode[] = ['schema-invalid', 'wrong-state']

/** Of every way to take a step. */
const STEPPING = {
  ...RESOURCE,
  parameters: ['idempotencyKey', 'ifMatch'],
  answers: ['changed'],
  errors: [...BODY_ERRORS, ...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
} as const

/** By their ids. */
export const OPERATIONS = {
  create: {
    ...RESOURCE,
    id: 'create',
    parameters: ['idempotencyKey'],
    answers: ['created', 'partial'],
    errors: [...BODY_ERRORS, ...REFUSALS, 'wrong-source', ...UNPROCESSABLE, ...JSON_ERRORS],
  },
  batch: {
    ...RESOURCE,
    id: 'batch',
    parameters: ['idempotencyKey'],
    answers: ['batched'],
    errors: [
      ...BODY_ERRORS,
      ...REFUSALS,
      'wrong-source',
      'peer-unreachable',
      ...UNPROCESSABLE,
      'not-found',
      ...JSON_ERRORS,
    ],
  },
  list: {
    ...RESOURCE,
    id: 'list',
    parameters: ['limit', 'after', 'name'],
    answers: ['collection'],
    errors: JSON_ERRORS,
  },
  read: { ...RESOURCE, id: 'read', answers: ['object'], errors: ['not-found', ...JSON_ERRORS] },
  change: {
    ...RESOURCE,
    id: 'change',
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['changed'],
    errors: [...BODY_ERRORS, ...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
  put: {
    ...RESOURCE,
    id: 'put',
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['changed', 'created'],
    errors: [...BODY_ERRORS, ...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
  delete: {
    ...RESOURCE,
    id: 'delete',
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['acknowledged'],
    errors: [...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
  members: {
    ...RESOURCE,
    id: 'members',
    parameters: ['at'],
    answers: ['stays'],
    errors: ['not-found', ...JSON_ERRORS],
  },
  acknowledgements: {
    ...RESOURCE,
    id: 'acknowledgements',
    answers: ['knownTo'],
    errors: ['not-found', ...JSON_ERRORS],
  },
  removeMember: {
    ...RESOURCE,
    id: 'removeMember',
    parameters: ['idempotencyKey', 'ifMatch'],
    answers: ['acknowledged'],
    errors: [...REFUSALS, ...OBJECT_ERRORS, ...JSON_ERRORS],
  },
  trigger: { ...STEPPING, id: 'trigger' },
  listTrigger: { ...STEPPING, id: 'listTrigger' },
  itemStep: { ...STEPPING, id: 'itemStep' },
} as const satisfies Readonly<Record<string, Operation>>
