// How objects are called, as data: which kind of name an object of a class has, and such a name.
// Classes and roles are told by their stems, one or several of them; no message is named here.

/** Rows for what every object has of its own; every other row is a fixed text. */
export const UUID = '(uuid)'
/** 20 digits, as meters and devices are numbered: more than a double can hold */
export const NUMBER = '(number)'

/** The end of a way such as `/Root/Object/member`, and texts for it; the first that the type admits is taken. */
export type Row = readonly [way: RegExp, ...texts: readonly string[]]

/** Codes that IEC 61968-9 lists: energy delivered, in kWh; open the disconnect switch; it is open; a valid reading. */
export const READING_TYPE = '0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0'
export const CONTROL_TYPE = '3.31.0.23'
export const EVENT_TYPE = '3.31.0.68'
export const QUALITY_TYPE = '1.0.0'

/** How objects are named: the class or role, one or several; the type of the name; a name. */
const OWNERS: readonly (readonly [owner: string, nameType: string, name: string])[] = [
  ['EndDevice|Meter|Asset|OldAsset|newDevice|oldDevice', 'badgeNumber', NUMBER],
  ['\\w*transformer', 'transformerName', 'T-1247-18'],
  ['UsagePoint', 'servicePointNumber', 'SP-0047110'],
  ['UsagePointGroup', 'groupName', 'Feeder 1247 homes'],
  ['\\w*(Dispatch|Forecast|Schedule)', 'scheduleName', 'Afternoon of 14 July'],
  ['EndDeviceGroup|DERGroup', 'groupName', 'Feeder 1247 solar'],
  ['Customer', 'customerNumber', 'C-1002003'],
  ['CustomerAccount', 'accountNumber', '4401-7723-09'],
  ['CustomerAgreement', 'agreementNumber', 'CA-2026-00417'],
  ['Organisation|ServiceSupplier|Manufacturer', 'companyName', 'Example Power and Light'],
  ['Aggregator|requestor', 'companyName', 'Example Aggregation'],
  ['DemandResponseProgram|Program', 'programName', 'Summer Peak Saver'],
  ['PricingStructure|Tariff|TariffProfile', 'rateCode', 'TOU-D-4-9PM'],
  ['NetworkLocation|location', 'locationNumber', 'NL-1247-18'],
  ['\\w*Location', 'premiseNumber', 'P-118-4402'],
  ['WorkTask', 'taskNumber', 'WO-2026-001834-1'],
  ['Work|\\w*Order|\\w*Request', 'orderNumber', 'WO-2026-001834'],
  ['Crew', 'crewName', 'Line crew 7'],
  ['\\w*ControlType', 'controlTypeCode', CONTROL_TYPE],
  ['\\w*EventType', 'eventTypeCode', EVENT_TYPE],
  ['ReadingType', 'readingTypeCode', READING_TYPE],
  ['ReadingQualityType', 'readingQualityCode', QUALITY_TYPE],
  ['ServiceCategory', 'serviceName', 'electric service'],
  ['CoordinateSystem', 'systemName', 'WGS 84'],
  ['\\w*(Connect|Com|Simple)\\w*Function', 'functionName', 'disconnect switch'],
  ['ConfigurationEvent', 'eventName', 'change of ownership'],
  ['\\w*Event', 'eventName', 'Peak of 14 July'],
  ['stage', 'stageName', 'stage 1'],
  ['\\w*Registration', 'registrationNumber', 'REG-2026-0093'],
  ['\\w*(Enrollment|Subscription|Participation|Membership)', 'enrollmentNumber', 'E-2026-20418'],
  ['\\w*(Settlement|Credit|Quantity)', 'settlementNumber', 'S-2026-0714-03'],
  ['\\w*(Review|Decomposition|Notification|Unavailability|Report)', 'caseNumber', 'K-2026-0815'],
  ['\\w*(Transfer|Score|Status)', 'recordNumber', 'R-20260714-0042'],
  ['\\w*Series', 'seriesName', 'prices of 14 July'],
  ['about', 'agreementNumber', 'CA-2026-00417'],
  ['(dso)?\\w*[rR]egistryId', 'registryNumber', 'DSO-7741'],
  ['\\w*Feeder|feeder', 'feederName', 'Feeder 1247'],
  ['\\w*Substation|substation', 'substationName', 'Harbor substation'],
]

/** What Names says of an object of that class. */
export const NAMES: readonly Row[] = OWNERS.flatMap(([owner, nameType, name]): readonly Row[] => [
  [new RegExp(`/(?:${owner})s?/Names/name$`), name],
  [new RegExp(`/(?:${owner})s?/Names/NameType/name$`), nameType],
])
