// Colours for a terminal, or none. Whether a terminal wants them (NO_COLOR, a pipe) is for the caller to say.

/** SGR codes, on and off (ECMA-48, 8.3.117). */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
} as const

/** A colour or weight that this program uses. */
export type Colour = keyof typeof CODES

/** Puts text between the codes of a colour, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string

/** Leaves text as it is. */
export const plain: Paint = (_, text) => text

/** Colours text; empty text stays empty. */
export const painted: Paint = (colour, text) => {
  const [on, off] = CODES[colour]
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`
}
