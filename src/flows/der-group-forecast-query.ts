// Asking for forecasts of DER groups.

import { defineFlow } from './flow.ts'
import { RECORDED } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-forecast-query',
  noun: 'DERGroupForecasts',
  objectType: 'DERGroupForecast',
  verbs: ['get'],
  pattern: 'RR',
  about: 'query forecasts of DER groups',
  source: 'DERGF-1a to DERGF-1d',
})
