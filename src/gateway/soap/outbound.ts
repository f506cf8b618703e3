// A message as it goes to a peer that speaks SOAP: strongly typed or generic, in SOAP 1.1 or 1.2. Who we are is not said
// here: a UsernameToken is fresh for minutes only, so it is written for each try (username-token.ts).

import type { Element } from '../../envelope/element.ts'
import { GENERIC_OPERATIONS } from '../../envelope/soap.ts'
import type { GenericOperation } from '../../envelope/soap.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { inForm } from '../../schema/message-form.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { SoapBinding } from '../parties/party.ts'
import type { Carried, Uncarried, WriteSoap } from '../relay/carriage.ts'
import { inEnvelope, wrapped } from './carried.ts'
import { genericAction } from './generic.ts'
import { nounsOfStem, servicesAt } from './noun-in-path.ts'

/**
 * Writes messages for SOAP bindings.
 *
 * What it gives is a leg: `request` is the envelope, with declaration; `contentType` that of its version; `target` is
 * `action:<soapAction>` in SOAP 1.1 and empty in SOAP 1.2, whose action stands in the content type. Style `typed` turns
 * the message into the root of its verb and noun (`Create<X>`, `Created<X>`, `<X>ResponseMessage` …), style `generic`
 * wraps it in `Request`, `PublishEvent` or `Response`. The message is valid as it is given; nothing of it is left out.
 *
 * `reason` says in one sentence why the binding cannot carry it, which no repetition mends: typed SOAP has no IDs alone
 * in a Payload, nothing compressed, and no query without its profile.
 * @see IEC 61968-100:2013, web services; the conventions of actions are those of the public WSDL templates
 */
export function soapWriter(schemas: SchemaSet): WriteSoap {
  return (it, binding) =>
    binding.style === 'generic'
      ? generic(it.message, binding, schemas)
      : typed(it.message, binding, schemas)
}

function typed(
  message: JsonObject,
  { version }: SoapBinding,
  schemas: SchemaSet,
): Carried | Uncarried {
  const made = inForm(message, 'typed', schemas)
  if ('refused' in made) return { reason: made.refused.reason }
  const { xml, issues } = messageFromJson(made.message, schemas)
  const [issue] = issues
  if (issue !== undefined) return { reason: issue.message }
  const [name, ns] = [
    String(member(made.message, 'message')),
    String(member(made.message, '@xmlns')),
  ]
  return carriedAs(xml, version, actionOf({ name, ns }, schemas))
}

/** Of the operation that the root is the input of; empty where no service has it. */
export function actionOf({ name, ns }: Pick<Element, 'name' | 'ns'>, schemas: SchemaSet): string {
  for (const noun of nounsOfStem(name, schemas))
    for (const { messageNs, operations } of servicesAt(noun, schemas)) {
      const found = messageNs === ns && operations.find(({ input }) => input === name)
      if (found) return found.soapAction
    }
  return ''
}

function generic(
  message: JsonObject,
  { version }: SoapBinding,
  schemas: SchemaSet,
): Carried | Uncarried {
  const made = inForm(message, 'generic', schemas)
  if ('refused' in made) return { reason: made.refused.reason }
  const name = String(member(made.message, 'message'))
  const operations = Object.entries(GENERIC_OPERATIONS) as readonly [GenericOperation, string][]
  const operation = operations.find(([, kind]) => kind === name)?.[0]
  if (operation === undefined)
    return { reason: `The generic web service has no operation that carries a ${name}.` }
  const { xml, issues } = messageFromJson(made.message, schemas)
  const [issue] = issues
  if (issue !== undefined) return { reason: issue.message }
  return carriedAs(wrapped(xml, operation), version, genericAction(operation))
}

/** Content of a Body as it is posted. */
export function carriedAs(
  content: string,
  version: SoapBinding['version'],
  action: string,
): Carried {
  const { xml, contentType } = inEnvelope(content, version)
  const request = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
  if (version === '1.1') return { request, contentType, target: `action:${action}` }
  return { request, target: '', contentType: contentType + (action && `; action="${action}"`) }
}
