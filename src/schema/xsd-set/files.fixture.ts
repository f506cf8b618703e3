// For tests only: the definitions of a generated set in files, arranged in every way that people arrange theirs.

import type { Random } from '../random.ts'
import { placed } from './made.fixture.ts'
import { redefinitionsOf } from './redefine.fixture.ts'
import type { Component, Making } from './made.fixture.ts'

export const ARRANGEMENTS = [
  'one file a namespace',
  'several files a namespace',
  'circular includes',
  'chameleon',
  'redefined',
  'nested folders',
  'remote locations',
  'no locations',
  'editions side by side',
  'create and change',
] as const

export type Arrangement = (typeof ARRANGEMENTS)[number]

/** One file to be written. */
interface Plan {
  readonly path: string
  readonly ns: number
  readonly chameleon: boolean
  readonly components: readonly Component[]
  readonly includes: readonly string[]
  /** definitions that replace those of the file that is included first */
  readonly redefinitions: string
}

const NAMES: readonly string[] = ['Common', 'types', 'Basics', 'Profile', 'Part']

/** The texts of the files by path. */
export function filesOfSet(
  making: Making,
  arrangement: Arrangement,
  topic: string,
): Readonly<Record<string, string>> {
  const { random } = making
  const plans = Array.from({ length: making.namespaces }, (_, ns) =>
    plansOf(making, ns, arrangement),
  ).flat()
  const uri = (edition: string) => (ns: number) =>
    ns === making.nowhere ? '' : `http://${topic}.example/${edition}/N${ns}#`
  const style = making.nowhere === undefined ? styleOf(random) : PLAIN_STYLE
  const folder = (root: string, edition: string) =>
    Object.fromEntries(
      plans.map((it) => [
        `${root}${it.path}`,
        text(it, plans, making, { arrangement, uri: uri(edition), style }),
      ]),
    )
  if (arrangement !== 'editions side by side') return folder('', '2026')
  return { ...folder('2017/', '2017'), ...folder('2026/', '2026') }
}

function plansOf(making: Making, ns: number, arrangement: Arrangement): readonly Plan[] {
  const own = making.components.filter((it) => it.ns === ns)
  const main = mainPath(ns, arrangement)
  const plan = (
    path: string,
    components: readonly Component[],
    includes: readonly string[],
    chameleon = false,
    redefinitions = '',
  ): Plan => ({ path, ns, components, includes, chameleon, redefinitions })
  if (arrangement === 'one file a namespace') return [plan(main, own, [])]
  if (arrangement === 'create and change') return variants(making, ns, plan)
  const isChameleon = arrangement === 'chameleon'
  const isRedefined = arrangement === 'redefined'
  const inPart =
    isChameleon || isRedefined
      ? closed(own, making.random.pick(own))
      : own.filter(() => making.random.chance(0.5))
  const rest = own.filter((it) => !inPart.includes(it))
  if (rest.length === 0 || inPart.length === 0) return [plan(main, own, [])]
  const name = `${making.random.pick(NAMES)}${ns}.xsd`
  const path = arrangement === 'nested folders' ? `shared/deep/${name}` : name
  const replaced = isRedefined ? redefinitionsOf(making, inPart) : ''
  const back = isChameleon || isRedefined ? [] : [main]
  return [plan(main, rest, [path], false, replaced), plan(path, inPart, back, isChameleon)]
}

/** What both verbs share stands apart, and needs nothing of either. */
function variants(
  making: Making,
  ns: number,
  plan: (path: string, components: readonly Component[], includes: readonly string[]) => Plan,
): readonly Plan[] {
  const shared = closed(making.components, making.components[0])
  const own = making.components.filter((it) => it.ns === ns)
  const inPart = own.filter((it) => shared.includes(it))
  const rest = own.filter((it) => !shared.includes(it))
  const path = `shared/N${ns}.xsd`
  const includes = inPart.length === 0 ? [] : [path]
  const verbs = ['create', 'change'].map((verb) => plan(`${verb}/N${ns}.xsd`, rest, includes))
  return inPart.length === 0 ? verbs : [...verbs, plan(path, inPart, [])]
}

function mainPath(ns: number, arrangement: Arrangement): string {
  if (arrangement === 'nested folders') return `profiles/n${ns}/N${ns}.xsd`
  return `N${ns}.xsd`
}

/** One of the components with all of them that it needs. */
function closed(
  components: readonly Component[],
  first: Component | undefined,
): readonly Component[] {
  const byName = new Map(
    components.flatMap((it) => it.names.map((name) => [`${it.ns}:${name}`, it] as const)),
  )
  const taken = new Set<Component>()
  const take = (it: Component): void => {
    if (taken.has(it)) return
    taken.add(it)
    for (const [ns, name] of referencesIn(it.text)) {
      const needed = byName.get(`${ns}:${name}`)
      if (needed !== undefined) take(needed)
    }
  }
  if (first !== undefined) take(first)
  return components.filter((it) => taken.has(it))
}

function referencesIn(text: string): readonly (readonly [number, string])[] {
  return [...text.matchAll(/«[^»]*»/g)].map(([it]) => placed(it))
}

interface Style {
  /** prefix of XML Schema: '' = the default namespace */
  readonly xs: string
  readonly targetIsDefault: boolean
}

function styleOf(random: Random): Style {
  return random.pick([
    { xs: 'xs', targetIsDefault: false },
    { xs: 'xsd', targetIsDefault: true },
    { xs: '', targetIsDefault: false },
    { xs: 'xs', targetIsDefault: true },
  ]) as Style
}

/** Where something has no namespace, an unprefixed name means that. */
const PLAIN_STYLE: Style = { xs: 'xs', targetIsDefault: false }

interface Setting {
  readonly arrangement: Arrangement
  readonly uri: (ns: number) => string
  readonly style: Style
}

function text(plan: Plan, plans: readonly Plan[], making: Making, setting: Setting): string {
  const { style, uri } = setting
  // Without a namespace of its own, an unprefixed name must not mean another.
  const { xs, targetIsDefault } = plan.chameleon ? { xs: 'xs', targetIsDefault: false } : style
  const body = plan.components.map((it) => it.text).join('\n')
  const used = new Set(referencesIn(body).map(([ns]) => ns))
  const prefix = (ns: number) =>
    ns === making.nowhere || (ns === plan.ns && (plan.chameleon || targetIsDefault))
      ? ''
      : `n${ns}:`
  const imports = [...used]
    .filter((ns) => ns !== plan.ns)
    .map((ns) => importOf(ns, plan, plans, setting))
  if (body.includes('ref="xml:')) imports.push(XML_IMPORT)
  const includes = plan.includes.map((it) => {
    const location = `schemaLocation="${relative(plan.path, it)}"`
    return plan.redefinitions === ''
      ? `<xs:include ${location}/>`
      : `<xs:redefine ${location}>${plan.redefinitions}</xs:redefine>`
  })
  const declared = [
    ...[...used, plan.ns].map((ns) =>
      uri(ns) === '' || (plan.chameleon && ns === plan.ns) ? '' : `xmlns:n${ns}="${uri(ns)}"`,
    ),
    plan.chameleon || uri(plan.ns) === '' ? '' : `targetNamespace="${uri(plan.ns)}"`,
    making.defaults[plan.ns] ?? '',
    targetIsDefault ? `xmlns="${uri(plan.ns)}"` : '',
    making.qualified[plan.ns] === true ? 'elementFormDefault="qualified"' : '',
    making.qualified[plan.ns] === false && plan.ns === 1 ? 'attributeFormDefault="qualified"' : '',
  ]
  const open = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${[...new Set(declared)].join(' ')}>`
  const whole = `${open}${imports.join('')}${includes.join('')}\n${body}\n</xs:schema>`
  const named = whole.replace(/«[^»]*»/g, (it) => {
    const [ns, name] = placed(it)
    return `${prefix(ns)}${name}`
  })
  return xs === 'xs' ? named : reprefixed(named, xs)
}

function reprefixed(text: string, xs: string): string {
  const colon = xs === '' ? '' : `${xs}:`
  return text
    .replace('xmlns:xs=', xs === '' ? 'xmlns=' : `xmlns:${xs}=`)
    .replace(/(<\/?|["' ])xs:/g, `$1${colon}`)
}

/** As everybody writes it; nobody has the file. */
const XML_IMPORT =
  '<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'

function importOf(
  ns: number,
  from: Plan,
  plans: readonly Plan[],
  { arrangement, uri }: Setting,
): string {
  const folder = from.path.split('/')[0]
  const targets = plans.filter((it) => it.ns === ns && !it.chameleon)
  const target = targets.find((it) => it.path.startsWith(`${folder}/`)) ?? targets[0]
  const namespace = uri(ns) === '' ? '' : ` namespace="${uri(ns)}"`
  if (target === undefined || arrangement === 'no locations') return `<xs:import${namespace}/>`
  const location =
    arrangement === 'remote locations'
      ? `${ns === 0 ? 'http://schemas.example/2026/' : '/opt/schemas/'}${target.path}`
      : relative(from.path, target.path)
  return `<xs:import${namespace} schemaLocation="${location}"/>`
}

function relative(from: string, to: string): string {
  const up = from.split('/').length - 1
  return `${'../'.repeat(up)}${to}`
}
