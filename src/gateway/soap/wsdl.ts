// WSDL 1.1 of services in document/literal style, each with a port for SOAP 1.1 and one for SOAP 1.2. Written as an
// element tree by the serializer that writes messages: the schemas beside it are such trees already, so one writer
// escapes them all, and no document builder is needed.

import { element } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import { xs } from '../../schema/typed.ts'
import { writeElement } from '../../envelope/write.ts'
import type { AddressOf } from './schema-documents.ts'
import type { SoapOperation, SoapService } from './services.ts'

const WSDL_NS = 'http://schemas.xmlsoap.org/wsdl/'
const HTTP_TRANSPORT = 'http://schemas.xmlsoap.org/soap/http'

/** Bindings of both versions of SOAP; the second names differ by their suffix. */
const BINDINGS = [
  { prefix: 'soap', ns: 'http://schemas.xmlsoap.org/wsdl/soap/', suffix: '' },
  { prefix: 'soap12', ns: 'http://schemas.xmlsoap.org/wsdl/soap12/', suffix: '12' },
] as const

/** What a WSDL is made of. */
export interface WsdlFacts {
  readonly targetNamespace: string
  readonly services: readonly SoapService[]
  /** the schema document of each namespace of messages */
  readonly schemas: readonly { readonly name: string; readonly targetNamespace: string }[]
  readonly schemaAddress: AddressOf
  /** where the services are */
  readonly address: string
  /** one sentence for people */
  readonly about: string
}

/** The document, with declaration. */
export function wsdlOf({
  targetNamespace,
  services,
  schemas,
  schemaAddress,
  address,
  about,
}: WsdlFacts): string {
  const spaces = [...new Set(services.flatMap((it) => [it.messageNs, it.faultNs ?? it.messageNs]))]
  const prefixes = new Map(
    spaces.map((ns, at) => [ns, spaces.length === 1 ? INFO : `${INFO}${at + 1}`]),
  )
  const name = (ns: string, local: string) => `${prefixes.get(ns) ?? INFO}:${local}`
  // In a document of its own a service has the names of the templates; several in one need names of their own.
  const stem = (it: SoapService) => (services.length === 1 ? it.x : it.name)
  const content = [
    wsdl('documentation', {}, about),
    wsdl('types', {}, [
      typesOf(
        schemas.filter((it) => prefixes.has(it.targetNamespace)),
        schemaAddress,
      ),
    ]),
    ...messagesOf(services, name),
    ...services.map((it) => portType(it, stem(it))),
    ...services.flatMap((it) => BINDINGS.map((by) => binding(it, stem(it), by))),
    ...services.map((it) => serviceOf(it, stem(it), address)),
  ]
  const root: Element = {
    ...wsdl(
      'definitions',
      { name: services.length === 1 ? (services[0]?.name ?? '') : 'services' },
      content,
    ),
    declared: [
      ['wsdl', WSDL_NS],
      ['xs', XSD_NS],
      ...BINDINGS.map(({ prefix, ns }) => [prefix, ns] as const),
      ['tns', targetNamespace],
      ...[...prefixes].map(([ns, prefix]) => [prefix, ns] as const),
    ],
  }
  const attributes = [
    ...root.attributes,
    { name: 'targetNamespace', ns: '', prefix: '', value: targetNamespace },
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement({ ...root, attributes })}\n`
}

/** as the templates call the namespace of messages */
const INFO = 'infoMessage'

type Named = (ns: string, local: string) => string

/** Imports by addresses relative to the WSDL. */
function typesOf(schemas: WsdlFacts['schemas'], addressOf: AddressOf): Element {
  const imports = schemas.map(({ name, targetNamespace }) =>
    xs('import', { namespace: targetNamespace, schemaLocation: addressOf(name) }),
  )
  return xs('schema', { elementFormDefault: 'qualified' }, imports)
}

function messagesOf(services: readonly SoapService[], name: Named): readonly Element[] {
  const made = new Map<string, Element>()
  const add = (ns: string, local: string) => {
    const part = wsdl('part', { name: local, element: name(ns, local) })
    made.set(local, wsdl('message', { name: messageName(local) }, [part]))
  }
  for (const { messageNs, faultNs = messageNs, operations } of services)
    for (const { input, output, fault } of operations) {
      add(messageNs, input)
      add(messageNs, output)
      add(faultNs, fault)
    }
  return [...made.values()]
}

/** A message is called by its element. */
function messageName(local: string): string {
  return local
}

function portType({ operations }: SoapService, stem: string): Element {
  return wsdl('portType', { name: `${stem}_Port` }, operations.map(abstractOperation))
}

function abstractOperation({ name, input, output, fault }: SoapOperation): Element {
  const use = (kind: string, local: string, attributes = {}) =>
    wsdl(kind, { ...attributes, message: `tns:${messageName(local)}` })
  return wsdl('operation', { name }, [
    use('input', input, { name: `${name}Request` }),
    use('output', output, { name: `${name}Response` }),
    use('fault', fault, { name: `${name}Fault` }),
  ])
}

type Binding = (typeof BINDINGS)[number]

function binding({ operations }: SoapService, stem: string, by: Binding): Element {
  const soap = of(by)
  const attributes = { name: `${stem}_Binding${by.suffix}`, type: `tns:${stem}_Port` }
  return wsdl('binding', attributes, [
    soap('binding', { style: 'document', transport: HTTP_TRANSPORT }),
    ...operations.map(({ name, soapAction }) =>
      wsdl('operation', { name }, [
        soap('operation', { soapAction, style: 'document' }),
        wsdl('input', { name: `${name}Request` }, [soap('body', { use: 'literal' })]),
        wsdl('output', { name: `${name}Response` }, [soap('body', { use: 'literal' })]),
        wsdl('fault', { name: `${name}Fault` }, [
          soap('fault', { name: `${name}Fault`, use: 'literal' }),
        ]),
      ]),
    ),
  ])
}

function serviceOf({ name }: SoapService, stem: string, address: string): Element {
  const ports = BINDINGS.map((by) =>
    wsdl('port', { name: `${stem}_Port${by.suffix}`, binding: `tns:${stem}_Binding${by.suffix}` }, [
      of(by)('address', { location: address }),
    ]),
  )
  return wsdl('service', { name }, ports)
}

function of({ ns, prefix }: Binding) {
  return (name: string, attributes: Readonly<Record<string, string>>): Element => ({
    ...element(ns, name, [], attributes),
    prefix,
  })
}

type Attributes = Readonly<Record<string, string>>

function wsdl(
  name: string,
  attributes: Attributes,
  content: string | readonly Element[] = '',
): Element {
  return { ...element(WSDL_NS, name, content, attributes), prefix: 'wsdl' }
}
