// References in the text of plain documents: the five predefined entities and characters by number.

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** XML 1.0 §2.2 */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
}

/** @returns undefined where an ampersand begins anything else, or a character that XML does not have */
export function unescaped(text: string): string | undefined {
  let isRight = true
  const replaced = text.replace(
    /&(?:#([0-9]{1,7}|x[0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&/g,
    (_, number: string | undefined, entity: string | undefined) => {
      if (entity !== undefined) return ENTITIES[entity] as string
      const code = number === undefined ? 0 : Number(number.startsWith('x') ? `0${number}` : number)
      isRight &&= isCharacter(code)
      return isRight ? String.fromCodePoint(code) : ''
    },
  )
  return isRight ? replaced : undefined
}
