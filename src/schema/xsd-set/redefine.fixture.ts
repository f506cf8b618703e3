// For tests only: definitions of a generated set that are redefined: each stands on what it replaces, and admits what that
// admits.

import { placeholder } from './made.fixture.ts'
import type { Component, Making } from './made.fixture.ts'

/** What stands in an xs:redefine of the file that has these. */
export function redefinitionsOf(making: Making, components: readonly Component[]): string {
  return components
    .map((it) => redefinition(making, it))
    .filter((it) => it !== '' && making.random.chance(0.7))
    .join('')
}

/** Empty for what cannot be redefined, or is better left alone. */
function redefinition(making: Making, { ns, names, text }: Component): string {
  const [name = '', second] = names
  const [, kind = ''] = /^<xs:(\w+)/.exec(text) ?? []
  const ref = placeholder(ns, name)
  const open = `<xs:${kind} name="${name}"`
  const element = `<xs:element name="${making.name('r')}" type="xs:string" minOccurs="0"/>`
  if (second !== undefined) return ''
  if (kind === 'simpleType') return `${open}><xs:restriction base="${ref}"/></xs:simpleType>`
  if (kind === 'attributeGroup')
    return `${open}><xs:attributeGroup ref="${ref}"/><xs:attribute name="${making.name('r')}"/></xs:attributeGroup>`
  if (kind === 'group' && making.groups.some((it) => it.ref === ref && it.part.kind !== 'all'))
    return `${open}><xs:sequence><xs:group ref="${ref}"/>${element}</xs:sequence></xs:group>`
  if (kind !== 'complexType' || !takesMore(making, ref)) return ''
  const mixed = text.startsWith(`${open} mixed="true"`) ? ' mixed="true"' : ''
  return `${open}${mixed}><xs:complexContent${mixed}><xs:extension base="${ref}"><xs:sequence>${element}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>`
}

/** A restriction of a type says all that the type has. */
function takesMore({ complexes, components }: Making, ref: string): boolean {
  const made = complexes.find((it) => it.ref === ref)
  const isBase = components.some((it) => it.text.includes(`restriction base="${ref}"`))
  return made?.content === 'complex' && made.extends && !made.mixed && !made.closed && !isBase
}
