// A cell of a table for spreadsheets.

import { visible } from './markup.ts'

/** In quotes; what a spreadsheet would take for a formula begins with an apostrophe. */
export function cell(text: string): string {
  const plain = visible(text).replace(/\s+/g, ' ')
  return `"${/^[=+\-@\t\r|%]/.test(plain) ? `'${plain}` : plain}"`.replace(
    /^"(.*)"$/s,
    (_all, inside: string) => `"${inside.replaceAll('"', '""')}"`,
  )
}
