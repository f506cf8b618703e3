// What a schema component says to people, and which class or member of the CIM it stands for: by the convention of
// our own XSDs, by sawsdl:modelReference as profiles made from the UML carry it, else by the names of a CIM profile.

import { attribute, childrenNamed, child } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XML_NS, XSD_NS } from './builtins.ts'
import type { Described } from './model.ts'

/** Semantic Annotations for WSDL and XML Schema (W3C 2007): its attributes on schema components. */
const SAWSDL_NS = 'http://www.w3.org/ns/sawsdl'

/** Both texts of a component; empty where it has none. */
export function describedBy(node: Element): Required<Described> {
  return {
    documentation: documentation(node),
    modelReference: attribute(node, 'modelReference', SAWSDL_NS) ?? '',
  }
}

/** The documentation of a schema component, white space folded; empty when it has none. */
export function documentation(node: Element): string {
  return folded(documentationText(node))
}

/** The same line by line, blank ones left out. */
export function documentationLines(node: Element): readonly string[] {
  const lines = documentationText(node).split('\n').map(folded)
  return lines.filter((it) => it !== '')
}

/** In English where several languages are there, else the first. */
function documentationText(node: Element): string {
  const all = childrenNamed(child(node, 'annotation', XSD_NS), 'documentation', XSD_NS)
  const english = all.find((it) => /^en\b/i.test(attribute(it, 'lang', XML_NS) ?? 'en'))
  const chosen = english ?? all[0]
  return chosen === undefined ? '' : textIn(chosen)
}

/** Also of what is marked up, as XHTML in documentation is. */
function textIn({ text, mixed, children }: Element): string {
  if (children.length === 0) return text
  return (mixed ?? children).map((it) => (typeof it === 'string' ? it : textIn(it))).join(' ')
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** What a component stands for in the CIM. */
export interface CimReference {
  /** `Class.attribute`, `Class.Role` or `Class`; empty where the CIM has nothing, or nothing is known */
  readonly names: readonly string[]
  /**
   * `stated`: the schema says so; `none`: it says that the CIM has no equivalent; `named`: read off the names, as
   * profiles take them from the CIM; `unknown`: nothing tells
   */
  readonly source: 'stated' | 'none' | 'named' | 'unknown'
}

/** Documentation, and what has been taken out of it. */
export interface Documented {
  readonly text: string
  /** numbers of the clauses that the text names in brackets at its end: `6.3.2`; empty where it names none */
  readonly clause: string
  readonly cim: CimReference
}

const MARK = 'CIM: '
const NAMES = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?(, [A-Za-z_]\w*(\.[A-Za-z_]\w*)?)*\.?$/
const NOTHING = /^no CIM equivalent\.?$/i

/**
 * Reads the documentation of a component.
 * @param name by which the CIM knows it if its profile takes over the names of the CIM; absent where it does not
 */
export function documented(
  { documentation: all = '', modelReference = '' }: Described,
  name?: string,
): Documented {
  const { text, cim } = stated(all) ?? { text: all, cim: otherwise(modelReference, name) }
  const [end = '', clause = ''] = CLAUSES.exec(text) ?? []
  return { text: end === '' ? text : `${text.slice(0, -end.length)}.`, clause, cim }
}

/** ` (6.3.2).`, ` (6.2.2, Annex B).` */
const CLAUSES = / \(([0-9]+(?:\.[0-9]+)+(?:, (?:[0-9]+(?:\.[0-9]+)+|Annex [A-Z]))*)\)\.$/

function otherwise(modelReference: string, name: string | undefined): CimReference {
  const named = modelNames(modelReference)
  if (named.length > 0) return { names: named, source: 'stated' }
  return name === undefined ? { names: [], source: 'unknown' } : { names: [name], source: 'named' }
}

/** `… CIM: Meter.formNumber.`; undefined for any other text, also where it merely speaks of the CIM. */
function stated(text: string): Omit<Documented, 'clause'> | undefined {
  const at = text.lastIndexOf(MARK)
  const tail = at < 0 ? '' : text.slice(at + MARK.length)
  const before = text.slice(0, Math.max(0, at)).trim()
  if (NOTHING.test(tail)) return { text: before, cim: { names: [], source: 'none' } }
  if (!NAMES.test(tail)) return undefined
  return { text: before, cim: { names: tail.replace(/\.$/, '').split(', '), source: 'stated' } }
}

/** `http://iec.ch/TC57/2010/CIM-schema-cim15#Meter.formNumber`; several are separated by white space. */
function modelNames(references: string): readonly string[] {
  return references.split(/\s+/).flatMap((it) => /#([A-Za-z_][\w.-]*)$/.exec(it)?.[1] ?? [])
}

/** True for the namespace of a CIM profile, whose names are those of the CIM: `http://iec.ch/TC57/2011/<Noun>#`. */
export function isCimProfile(ns: string): boolean {
  return /^https?:\/\/.*\/TC57\/.*#$/.test(ns)
}
