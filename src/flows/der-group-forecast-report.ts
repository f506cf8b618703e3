// Being told forecasts of DER groups.

import { defineFlow } from './flow.ts'
import { RECORDED } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-forecast-report',
  noun: 'DERGroupForecasts',
  objectType: 'DERGroupForecast',
  verbs: ['create', 'change', 'delete', 'created', 'changed', 'deleted'],
  pattern: 'EV',
  about: 'report forecasts of DER groups',
  source: 'DERGF-2',
})
