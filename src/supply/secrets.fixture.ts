// Secrets that must not stand in what is published.

/** Shapes of keys and tokens that give access to something. What tests make up as they run is none. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*\n[\w+/=]{40}/,
  'a key of AWS': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'a token of GitHub': /\bgh[pousr]_\w{36,}\b|\bgithub_pat_\w{50,}/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of Slack': /\bxox[abposr]-[\w-]{20,}/,
  'a key of Google': /\bAIza[\w-]{35}\b/,
  'a signed token': /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{40,}/,
}

/** What looks like a secret in this text, a line each: `FILE:LINE a private key`. */
export function secretsIn(path: string, text: string): readonly string[] {
  return Object.entries(SECRETS).flatMap(([what, shape]) => {
    const at = text.search(shape)
    return at < 0 ? [] : [`${path}:${text.slice(0, at).split('\n').length} ${what}`]
  })
}
