// Every lifecycle there is, one line each.

import { AGGREGATOR } from './aggregator.ts'
import { AGREEMENT } from './agreement.ts'
import { DER_GROUP, DER_GROUP_REQUEST } from './der-group.ts'
import { DEVICE_CHECK } from './device-check.ts'
import { DISPATCH } from './dispatch.ts'
import { ENROLLMENT } from './enrollment.ts'
import { FILE } from './file.ts'
import type { Lifecycle } from './lifecycle.ts'
import { MESSAGE } from './message.ts'
import { PARTICIPATION } from './participation.ts'
import { OPERATION } from './operation.ts'
import { READING } from './reading.ts'
import { RECORD } from './record.ts'
import { REVIEW } from './review.ts'
import { SERVICE_REQUEST } from './service-request.ts'
import { STAGE } from './stage.ts'
import { UNAVAILABILITY } from './unavailability.ts'
import { SUBSCRIPTION } from './subscription.ts'
import { CREDIT, SETTLEMENT } from './settlement.ts'
import { WORK } from './work.ts'

/** In the order of their ids; each id is unique. */
export const LIFECYCLES: readonly Lifecycle[] = [
  AGREEMENT,
  AGGREGATOR,
  CREDIT,
  DER_GROUP,
  DER_GROUP_REQUEST,
  DISPATCH,
  DEVICE_CHECK,
  ENROLLMENT,
  FILE,
  MESSAGE,
  OPERATION,
  READING,
  RECORD,
  REVIEW,
  PARTICIPATION,
  SETTLEMENT,
  SERVICE_REQUEST,
  STAGE,
  UNAVAILABILITY,
  SUBSCRIPTION,
  WORK,
]
