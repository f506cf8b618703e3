// The generic web service: operations Request, Response and PublishEvent, each with a wrapper around a message of the
// envelope schema. No noun in it: whatever the envelope carries goes through.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { GENERIC_NS, MESSAGE_NS } from '../../envelope/namespaces.ts'
import { ANSWERING, GENERIC_OPERATIONS, WRAPPED } from '../../envelope/soap.ts'
import type { GenericOperation } from '../../envelope/soap.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import { xs } from '../../schema/typed.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { envelopeDocuments } from './schema-documents.ts'
import type { AddressOf, ServedSchema } from './schema-documents.ts'
import type { SoapService } from './services.ts'

const ACTIONS = 'http://iec.ch/61968/'

/** The soapAction of a generic operation. */
export function genericAction(operation: GenericOperation): string {
  return `${ACTIONS}${operation}`
}

/** What else clients call it: the namespace of 2008, and the actions of IEC 62325-504. */
export function genericActions(operation: GenericOperation): readonly string[] {
  return [
    genericAction(operation),
    `http://www.iec.ch/61968/${operation}`,
    `#${operation.charAt(0).toLowerCase()}${operation.slice(1)}`,
  ]
}

/** The service as data, to be written like those of nouns. */
export const GENERIC_SERVICE: SoapService = {
  name: 'Generic',
  ns: GENERIC_NS,
  x: 'Generic',
  messageNs: GENERIC_NS,
  faultNs: MESSAGE_NS,
  operations: (Object.keys(GENERIC_OPERATIONS) as readonly GenericOperation[]).map((name) => ({
    name,
    soapAction: genericAction(name),
    input: name,
    output: `${name}${ANSWERING}`,
    fault: 'FaultMessage',
  })),
  isMain: true,
}

/** The schema of the wrappers, and those that it needs. */
export function genericDocuments(schemas: SchemaSet, address: AddressOf): readonly ServedSchema[] {
  const envelope = envelopeDocuments(schemas, address)
  const message = envelope.find((it) => it.targetNamespace === MESSAGE_NS)
  if (message === undefined) return []
  const wrapper = {
    name: 'Generic.xsd',
    targetNamespace: GENERIC_NS,
    root: wrapperSchema(message, address),
  }
  return [wrapper, ...envelope]
}

function wrapperSchema(message: ServedSchema, address: AddressOf): Element {
  const typeOf = (kind: string) => {
    const declared = message.root.children.find((it) => attribute(it, 'name') === kind)
    const type = (declared && attribute(declared, 'type')) ?? `${kind}Type`
    return `mes:${type.replace(/^.*:/, '')}`
  }
  const wrapper = (name: string, kind: string) =>
    xs('element', { name }, [
      xs('complexType', {}, [
        xs('sequence', {}, [xs('element', { name: WRAPPED, type: typeOf(kind) })]),
      ]),
    ])
  const content = [
    xs('import', { namespace: MESSAGE_NS, schemaLocation: address(message.name) }),
    ...Object.entries(GENERIC_OPERATIONS).flatMap(([name, kind]) => [
      wrapper(name, kind),
      wrapper(`${name}${ANSWERING}`, 'ResponseMessage'),
    ]),
  ]
  const attributes = { targetNamespace: GENERIC_NS, elementFormDefault: 'qualified' }
  return {
    ...xs('schema', attributes, content),
    declared: [
      ['xs', XSD_NS],
      ['mes', MESSAGE_NS],
    ],
  }
}
