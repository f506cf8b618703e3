// Being told forecasts of DER groups.

import { defineFlow } from './flow.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-forecast-report',
  noun: 'DERGroupForecasts',
  objectType: 'DERGroupForecast',
  verbs: REPORT_VERBS,
  pattern: 'EV',
  about: 'report forecasts of DER groups',
  source: 'DERGF-2',
})
