// For tests only: sets of schemas in the shapes in which official and foreign ones are handed out, written from the facts
// that are public about them (names, namespaces, arrangement of files). The text is ours.

/** File text by name inside the folder. */
export type Files = Readonly<Record<string, string>>

const XS = 'http://www.w3.org/2001/XMLSchema'
const M = 'http://iec.ch/TC57/2011/schema/message'

/** A schema; `more` are further attributes, such as namespace declarations. */
export const schema = (ns: string, body: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="${XS}"${ns === '' ? '' : ` targetNamespace="${ns}" xmlns:m="${ns}"`} elementFormDefault="qualified" ${more}>\n${body}\n</xs:schema>`
export const el = (name: string, type: string, occurs = ''): string =>
  `<xs:element name="${name}" type="${type}" ${occurs}/>`
const OPT = 'minOccurs="0"'
const MANY = 'minOccurs="0" maxOccurs="unbounded"'
export const type = (name: string, ...items: readonly string[]): string =>
  `<xs:complexType name="${name}"><xs:sequence>${items.join('')}</xs:sequence></xs:complexType>`
const extending = (name: string, base: string, ...items: readonly string[]) =>
  `<xs:complexType name="${name}"><xs:complexContent><xs:extension base="${base}"><xs:sequence>${items.join('')}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>`
const literals = (name: string, ...all: readonly string[]) =>
  `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${all.map((it) => `<xs:enumeration value="${it}"/>`).join('')}</xs:restriction></xs:simpleType>`
const include = (location: string) => `<xs:include schemaLocation="${location}"/>`
const importing = (ns: string, location?: string) =>
  `<xs:import namespace="${ns}"${location === undefined ? '' : ` schemaLocation="${location}"`}/>`

const NAMES =
  type('Name', el('name', 'xs:string'), el('NameType', 'm:NameType', OPT)) +
  type('NameType', el('description', 'xs:string', OPT), el('name', 'xs:string'))

const pump = (ns: string, required: string) =>
  schema(
    ns,
    el('PumpOrders', 'm:PumpOrders') +
      type('PumpOrders', el('PumpOrder', 'm:PumpOrder', 'maxOccurs="unbounded"')) +
      type(
        'PumpOrder',
        el('mRID', 'xs:string', OPT),
        el('kind', 'm:PumpKind', required),
        el('requestDateTime', 'xs:dateTime', required),
        el('Names', 'm:Name', MANY),
      ) +
      literals('PumpKind', 'inspect', 'repair') +
      NAMES,
  )

const PUMPS = 'http://iec.ch/TC57/2015/PumpOrders#'

/** Strongly typed messages as they come with the WSDLs, by the naming rules of the templates. */
const typed = (payload: string, at: string, message: string) => {
  const ns = payload.replace('#', 'Message')
  const types =
    `<xs:complexType name="PayloadType"><xs:sequence><xs:element ref="p:PumpOrders"/></xs:sequence></xs:complexType>` +
    type('RequestType', el('Header', 'msg:HeaderType'), el('Payload', 't:PayloadType', OPT)) +
    type(
      'ReplyType',
      el('Header', 'msg:HeaderType'),
      el('Reply', 'msg:ReplyType'),
      el('Payload', 't:PayloadType', OPT),
    )
  const roots =
    el('CreatePumpOrders', 't:RequestType') +
    el('ChangePumpOrders', 't:RequestType') +
    el('PumpOrdersResponseMessage', 't:ReplyType')
  return schema(
    ns,
    importing(M, message) + importing(payload, at) + types + roots,
    `xmlns:t="${ns}" xmlns:p="${payload}" xmlns:msg="${M}"`,
  )
}

/** 61968-6 shape: variants and typed messages in folders of their verbs, the message schema beside them. */
const perVerb: Files = {
  'xsd/create/PumpOrders.xsd': pump(PUMPS, ''),
  'xsd/create/PumpOrdersMessage.xsd': typed(PUMPS, 'PumpOrders.xsd', '../Message.xsd'),
  'xsd/change_or_delete/PumpOrders.xsd': pump(PUMPS, OPT),
  'xsd/change_or_delete/PumpOrdersMessage.xsd': typed(PUMPS, 'PumpOrders.xsd', '../Message.xsd'),
  'xsd/get/GetPumpOrders.xsd': schema(
    PUMPS.replace('Pump', 'GetPump'),
    el('GetPumpOrders', 'm:GetPumpOrders') +
      type('GetPumpOrders', el('PumpOrder', 'm:PumpOrder', MANY)) +
      type('PumpOrder', el('mRID', 'xs:string', OPT)),
  ),
}

const READINGS = 'http://iec.ch/TC57/2011/TankReadings#'

/** 61968-9 shape: one flat folder, one file a profile, references with the attribute `ref`. */
const flat: Files = {
  'TankReadings.xsd': schema(
    READINGS,
    el('TankReadings', 'm:TankReadings') +
      type(
        'TankReadings',
        el('TankReading', 'm:TankReading', MANY),
        el('TankType', 'm:TankType', MANY),
      ) +
      type(
        'TankReading',
        el('mRID', 'xs:string', OPT),
        el('value', 'xs:float'),
        el('timeStamp', 'xs:dateTime'),
        '<xs:element name="TankType"><xs:complexType><xs:attribute name="ref" type="xs:string"/></xs:complexType></xs:element>',
        el('Names', 'm:Name', MANY),
      ) +
      type(
        'TankType',
        el('mRID', 'xs:string', OPT),
        el('Names', 'm:Name', 'maxOccurs="unbounded"'),
      ) +
      NAMES,
  ),
  'TankConfig.xsd': schema(
    READINGS.replace('Readings', 'Config'),
    el('TankConfig', 'm:TankConfig') +
      type('TankConfig', el('Tank', 'm:Tank', MANY)) +
      type(
        'Tank',
        el('mRID', 'xs:string', OPT),
        el('volume', 'xs:decimal', OPT),
        el('Names', 'm:Name', MANY),
      ) +
      NAMES,
  ),
}

const EDITION2 = 'http://iec.ch/TC57/2021/schema/message'

/** Edition 2: payload roots that stand for an abstract one, whose type is extended, in a common file. */
const edition2: Files = {
  'common/AbstractPayloadType.xsd': schema(
    EDITION2,
    '<xs:complexType name="AbstractPayloadType" abstract="true"/><xs:element name="AbstractPayload" type="m:AbstractPayloadType" abstract="true"/>',
  ),
  'profiles/ValveOrders.xsd': schema(
    'http://iec.ch/TC57/2020/ValveOrders#',
    importing(EDITION2, '../common/AbstractPayloadType.xsd') +
      '<xs:element name="ValveOrders" type="m:ValveOrders" substitutionGroup="part100:AbstractPayload"/>' +
      extending(
        'ValveOrders',
        'part100:AbstractPayloadType',
        el('ValveOrder', 'm:ValveOrder', 'maxOccurs="unbounded"'),
      ) +
      type('ValveOrder', el('mRID', 'xs:string', OPT), el('position', 'xs:integer')),
    `xmlns:part100="${EDITION2}"`,
  ),
}

const ESPI = 'http://naesb.org/espi'
const CUSTOMER = `${ESPI}/customer`

/** Green Button shape: many global elements, inheritance, a namespace that imports another, extension points first. */
const greenButton: Files = {
  'espi.xsd': schema(
    ESPI,
    type('Object', el('extension', 'xs:anyType', MANY)) +
      extending('IdentifiedObject', 'm:Object', el('batch', 'xs:anyURI', OPT)) +
      extending(
        'Basin',
        'm:IdentifiedObject',
        el('kind', 'm:BasinKind', OPT),
        el('capacity', 'm:UInt32', OPT),
      ) +
      extending('BasinReading', 'm:Object', el('value', 'm:UInt32'), el('cost', 'xs:long', OPT)) +
      '<xs:simpleType name="UInt32"><xs:restriction base="xs:unsignedInt"/></xs:simpleType>' +
      '<xs:simpleType name="BasinKind"><xs:union memberTypes="xs:unsignedShort"><xs:simpleType><xs:restriction base="xs:unsignedShort"><xs:enumeration value="0"/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>' +
      el('Basin', 'm:Basin') +
      el('BasinReading', 'm:BasinReading'),
  ),
  'customer.xsd': schema(
    CUSTOMER,
    importing(ESPI, 'http://naesb.org/espi/espi.xsd') +
      extending(
        'Tenant',
        'espi:IdentifiedObject',
        el('name', 'm:String256', OPT),
        el('Basins', 'espi:Basin', MANY),
      ) +
      extending(
        'Lease',
        'espi:IdentifiedObject',
        el('tenant', 'm:Tenant'),
        el('start', 'xs:date'),
      ) +
      '<xs:simpleType name="String256"><xs:restriction base="xs:string"><xs:maxLength value="256"/></xs:restriction></xs:simpleType>' +
      el('Tenant', 'm:Tenant') +
      el('Lease', 'm:Lease'),
    `xmlns:espi="${ESPI}"`,
  ),
}

const MARKET = 'http://www.isorto.org/2012/SmartGrid/WaterResponse#'

/** Market messages: one namespace in several files, each with types of the same names; chameleon includes with `..`. */
const market: Files = {
  'messages/WaterBid/WaterBids.xsd': schema(
    MARKET,
    include('../../shared/types.xsd') +
      el('WaterBids', 'm:WaterBids') +
      type('WaterBids', el('bid', 'm:Bid', 'maxOccurs="5"'), el('party', 'm:Party')),
  ),
  'messages/WaterAward/WaterAwards.xsd': schema(
    MARKET,
    include('..\\..\\shared\\types.xsd') +
      el('WaterAwards', 'm:WaterAwards') +
      type(
        'WaterAwards',
        el('party', 'm:Party', MANY),
        `<xs:choice>${el('price', 'm:Price')}${el('volume', 'xs:decimal')}</xs:choice>`,
      ),
  ),
  'shared/types.xsd': schema(
    '',
    include('more/types.xsd') +
      type('Bid', el('price', 'Price'), el('hours', 'Hours', OPT)) +
      '<xs:simpleType name="Price"><xs:restriction base="xs:decimal"><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>',
  ),
  // The same file name again, in another folder.
  'shared/more/types.xsd': schema(
    '',
    type('Party', el('mRID', 'xs:string'), el('role', 'Role', OPT)) +
      literals('Role', 'buyer', 'seller') +
      '<xs:simpleType name="Hours"><xs:list itemType="xs:unsignedByte"/></xs:simpleType>',
  ),
}

/** A namespace in the folder, whatever the import says about where it is. */
const remote: Files = {
  'a/RiverGauges.xsd': schema(
    'http://iec.ch/TC57/2019/RiverGauges#',
    importing('urn:common', 'http://standards.example.org/xsd/Common.xsd') +
      importing('urn:units', '/opt/standards/Units.xsd') +
      el('RiverGauges', 'm:RiverGauges') +
      type(
        'RiverGauges',
        '<xs:element ref="c:Status" minOccurs="0"/>',
        el('RiverGauge', 'm:RiverGauge', MANY),
      ) +
      type('RiverGauge', el('mRID', 'xs:string', OPT), el('level', 'u:Level')),
    'xmlns:c="urn:common" xmlns:u="urn:units"',
  ),
  'lib/Common.xsd': schema('urn:common', el('Status', 'xs:token')),
  'lib/v2/units.XSD': schema(
    'urn:units',
    '<xs:simpleType name="Level"><xs:restriction base="xs:decimal"/></xs:simpleType>',
  ),
}

/** What a set is, and what has to be found in it. */
export interface SetCase {
  readonly files: Files
  readonly nouns: readonly string[]
  readonly key: string
}

export const SETS: Readonly<Record<string, SetCase>> = {
  'a folder for each verb, with typed messages': {
    files: perVerb,
    nouns: ['GetPumpOrders', 'PumpOrders'],
    key: 'iec-tc57@2015',
  },
  'one flat folder': { files: flat, nouns: ['TankConfig', 'TankReadings'], key: 'iec-tc57@2011' },
  'payloads of edition 2': { files: edition2, nouns: ['ValveOrders'], key: 'iec-tc57@2020' },
  'Green Button': {
    files: greenButton,
    nouns: ['Basin', 'BasinReading', 'Lease', 'Tenant'],
    key: 'naesb-org',
  },
  'market messages': {
    files: market,
    nouns: ['WaterAwards', 'WaterBids'],
    key: 'isorto-org@2012',
  },
  'imports by remote and absolute locations': {
    files: remote,
    nouns: ['RiverGauges'],
    key: 'iec-tc57@2019',
  },
}
