// Edits of the text of a message, as the suite writes it: small functions that rows of mutants are made of. Each refuses a
// text that it would leave as it is: a mutant that changes nothing would count as one that was not found.

/** What an edit may look at beside the message. */
export interface Around {
  /** text of the request that the message answers */
  readonly request: string
}

/** A message written otherwise. */
export type Edit = (text: string, around: Around) => string

/** @throws the text has no such piece */
export function swap(find: string | RegExp, put: string): Edit {
  return (text) => {
    const made = text.replace(find, () => put)
    if (made === text) throw new Error(`nothing to edit: ${String(find)}`)
    return made
  }
}

/** The first element of this name, gone. */
export function drop(name: string): Edit {
  return swap(elementOf(name), '')
}

/** The text of the first element of this name. */
export function text(name: string, content: string): Edit {
  return swap(elementOf(name), `<${name}>${content}</${name}>`)
}

/** Before the first start tag of this name. */
export function before(name: string, put: string): Edit {
  return swap(new RegExp(`(?=<${name}[ >])`), put)
}

/** Behind the first end tag of this name. */
export function behind(name: string, put: string): Edit {
  return swap(new RegExp(`(?<=</${name}>)`), put)
}

/** Several, one after the other. */
export function all(...edits: readonly Edit[]): Edit {
  return (text, around) => edits.reduce((made, edit) => edit(made, around), text)
}

/** What the request has under this name. */
export function asAsked(name: string, from: string = name): Edit {
  return (message, around) => {
    const content =
      elementOf(from)
        .exec(around.request)?.[0]
        .replace(/<[^>]*>/g, '') ?? ''
    return text(name, content)(message, around)
  }
}

function elementOf(name: string): RegExp {
  return new RegExp(`<${name}(?: [^>]*)?>[^]*?</${name}>`)
}

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'

/** Another message in the place of this one, with the ids that it would have. */
export function instead(root: string, verb: string, rest: string): Edit {
  return (message, { request }) => {
    const of = (name: string, from: string) => elementOf(name).exec(from)?.[0] ?? ''
    const noun = of('Noun', request)
    const id = of('MessageID', message) || '<MessageID>made-for-this-mutant</MessageID>'
    const correlation = of('CorrelationID', request)
    const header = `<Header><Verb>${verb}</Verb>${noun}<Timestamp>2026-07-14T09:00:00Z</Timestamp>${id}${correlation}</Header>`
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${MESSAGE}">${header}${rest}</${root}>\n`
  }
}
