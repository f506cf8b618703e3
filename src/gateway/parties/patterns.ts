// Patterns of party names: `*` stands for any text, `{p}` for one part without `:` that can be repeated elsewhere.

/** Values of `{p}` in a pattern; undefined where it does not match. */
export function matched(
  pattern: string,
  name: string,
): Readonly<Record<string, string>> | undefined {
  // Most patterns are names, and there may be a thousand of them.
  if (isName(pattern)) return pattern === name ? {} : undefined
  const found = expressionOf(pattern).exec(name)
  if (found === null) return undefined
  return Object.fromEntries(placesIn(pattern).map((one, at) => [one, found[at + 1] ?? '']))
}

/** True for a pattern that only its own text matches. */
export function isName(pattern: string): boolean {
  return !/[*]|\{\w+\}/.test(pattern)
}

/** The `{p}` of a text, without braces, each once. */
export function placesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))]
}

/** A text with its `{p}` filled in; those without a value stay. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}

function expressionOf(pattern: string): RegExp {
  const seen = new Set<string>()
  const parts = pattern.split(/(\*+|\{\w+\})/).map((part) => {
    if (part.startsWith('*')) return '.+'
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined) return part.replace(/[.+^${}()|[\]\\?/]/g, '\\$&')
    // The same name twice is the same text twice.
    if (seen.has(name)) return `\\${[...seen].indexOf(name) + 1}`
    seen.add(name)
    return '([^:]+)'
  })
  return new RegExp(`^${parts.join('')}$`, 'su')
}
