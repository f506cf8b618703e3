// What a hand-written writer for this one noun would do: the same object, the same bytes, nothing but concatenation.
// The measure for the writer that knows every noun.

import type { Json } from '../src/index.ts'

/** A create request for groups as CIM-JSON -> its XML, escaped where it has to be. */
export function concatenated(message: Json): Buffer {
  const { header, payload } = message as unknown as Message
  const groups = payload.DERGroups.EndDeviceGroup.map(group).join('')
  const fields = Object.entries(header).map(([name, text]) => element(name, text))
  return Buffer.from(
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header>${fields.join('')}</Header><Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${groups}</DERGroups></Payload></RequestMessage>`,
  )
}

interface Message {
  readonly header: Readonly<Record<string, string>>
  readonly payload: { readonly DERGroups: { readonly EndDeviceGroup: readonly Group[] } }
}

interface Group {
  readonly DERFunction: Readonly<Record<string, boolean>>
  readonly EndDevices: readonly { readonly mRID: string; readonly Names: readonly Name[] }[]
  readonly Names: readonly Name[]
}

interface Name {
  readonly name: string
  readonly NameType?: {
    readonly name: string
    readonly NameTypeAuthority: { readonly name: string }
  }
}

function group({ DERFunction, EndDevices, Names }: Group): string {
  const functions = Object.entries(DERFunction).map(([name, it]) => element(name, `${it}`))
  const members = EndDevices.map(
    (it) => `<EndDevices>${element('mRID', it.mRID)}${it.Names.map(nameOf).join('')}</EndDevices>`,
  )
  return `<EndDeviceGroup><DERFunction>${functions.join('')}</DERFunction>${members.join('')}${Names.map(nameOf).join('')}</EndDeviceGroup>`
}

function nameOf({ name, NameType: type }: Name): string {
  const typed =
    type === undefined
      ? ''
      : `<NameType>${element('name', type.name)}<NameTypeAuthority>${element('name', type.NameTypeAuthority.name)}</NameTypeAuthority></NameType>`
  return `<Names>${element('name', name)}${typed}</Names>`
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`
}

function escaped(text: string): string {
  if (!/[&<>]/.test(text)) return text
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
