// For tests only: the functions of a DER group, which its schema asks for one and all.

/** In the order of IEC 61968-5 (draft of 2017), DERFunction. */
export const DER_FUNCTIONS = [
  'connectDisconnect',
  'frequencyWattCurveFunction',
  'maxRealPowerLimiting',
  'rampRateControl',
  'reactivePowerDispatch',
  'realPowerDispatch',
  'voltageRegulation',
  'voltVarCurveFunction',
  'voltWattCurveFunction',
] as const
