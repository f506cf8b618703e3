// HTML that cannot be broken out of: every text that is put into it is escaped, and only what was made here is not.
// Knows no run and no page.

/** Markup that is safe to stand in a page. */
export interface Markup {
  readonly html: string
}

/** What may be put into markup; text is escaped, a list is its members one after another. */
export type Content = string | number | Markup | undefined | readonly Content[]

/** Markup as a template: markup`<p>${text}</p>`. Attributes have to stand in double quotes. */
export function markup(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const html = tight(strings).map((it, at) => (at === 0 ? it : written(contents[at - 1]) + it))
  return { html: html.join('') }
}

const tightened = new WeakMap<TemplateStringsArray, readonly string[]>()

/** Without the white space by which a template is indented: it would stand in the page a thousand times. */
function tight(strings: TemplateStringsArray): readonly string[] {
  const known = tightened.get(strings) ?? strings.map((it) => it.replace(/\n\s+/g, '\n'))
  tightened.set(strings, known)
  return known
}

function written(content: Content): string {
  if (content === undefined) return ''
  if (typeof content === 'number') return String(content)
  if (typeof content === 'string') return escaped(content)
  return 'html' in content ? content.html : content.map(written).join('')
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For content and quoted attributes of HTML and XML alike. Characters that cannot be seen are shown as what they are. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (it) => REFERENCES[it] ?? it)
}

// Controls of C0 and C1 but tab and line feed; those that turn the direction of writing, or take no room; what is no character.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** With ⟨U+202E⟩ in the place of such a character: a name that is written backwards would deceive. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (it) =>
    it === '\r' ? '␍' : `⟨U+${it.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}

/** Text that may go on in the next line behind a slash: a path is one long word else. */
export function breakable(text: string): Markup {
  return { html: escaped(text).replaceAll('/', '/<wbr>') }
}

/** A name that may stand in an id or a reference inside the page. */
export function anchor(...words: readonly string[]): string {
  return words.join('-').replace(/[^A-Za-z0-9_-]+/g, (it) => `.${Buffer.from(it).toString('hex')}`)
}
