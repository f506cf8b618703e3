// Checks of how parties prove who they are: each by something of its own, and by nothing that nobody can check.

import { isLoopback } from '../../../gateway/access/loopback.ts'
import { publicKeysIn } from '../../../gateway/access/tokens.ts'
import type { Proof } from '../../../gateway/parties/party.ts'
import { meant } from '../meant.ts'
import type { Across, Check } from './check.ts'

/** Two parties that prove themselves by the same. */
export const sameProofs: Check = ({ topology: { parties, access } }) => {
  const [sole = ''] = access?.tokens?.length === 1 ? access.tokens.map((it) => it.issuer) : []
  const seen = new Map<string, string>()
  return parties.flatMap(({ id, proofs }) =>
    proofs.flatMap((it, at) => {
      const key = proofKey(it, sole)
      const other = seen.get(key)
      seen.set(key, other ?? id)
      const message = `${String(other)} proves itself by the same, and nobody could tell them apart; give each its own`
      const because = [['parties', other ?? '', 'auth']]
      return other === undefined || other === id
        ? []
        : [{ path: ['parties', id, 'auth', at], because, message }]
    }),
  )
}

/** The same for what one and the same request would prove. @param sole the only authorization server; else empty */
function proofKey(it: Proof, sole: string): string {
  switch (it.kind) {
    case 'username-token':
      return `user ${it.username}`
    case 'certificate':
      return JSON.stringify([it.dns, it.uri, it.email, it.sha256])
    case 'token':
      return `token ${it.subject} ${it.issuer ?? sole}`
    default:
      return it.sha256
  }
}

/** The header of bearer tokens cannot be that of API keys, too. */
export const keyInAuthorization: Check = ({ written: { access } }) =>
  access.apiKeyHeader.toLowerCase() === 'authorization'
    ? [
        {
          path: ['access', 'apiKeyHeader'],
          message:
            'Authorization carries bearer tokens and passwords; write another header, such as X-API-Key',
        },
      ]
    : []

/** A token of an authorization server that is not there, or of one of several that nobody has named. */
export const unknownIssuers: Check = ({ topology: { parties, access } }) => {
  const issuers = (access?.tokens ?? []).map((it) => it.issuer)
  return parties.flatMap(({ id, proofs }) =>
    proofs.flatMap((it, at): readonly Across[] => {
      if (it.kind !== 'token') return []
      const path = ['parties', id, 'auth', at]
      const because = [['access', 'tokens']]
      if (issuers.length === 0)
        return [
          {
            path: [...path, 'token'],
            because,
            message:
              'no authorization server is named whose tokens are taken; write it in access.tokens',
          },
        ]
      if (it.issuer === undefined)
        return issuers.length === 1
          ? []
          : [
              {
                path: [...path, 'token'],
                because,
                message: `each of ${issuers.length} authorization servers could say so; write issuer beside it`,
              },
            ]
      if (issuers.includes(it.issuer)) return []
      const message = `access.tokens has no issuer ${it.issuer}${meant(it.issuer, issuers)}`
      return [{ path: [...path, 'issuer'], because, message }]
    }),
  )
}

/** Authorization servers of one name, of which only the first would ever be asked. */
export const sameIssuers: Check = ({ topology: { access } }) => {
  const issuers = (access?.tokens ?? []).map((it) => it.issuer)
  return issuers.flatMap((issuer, at) => {
    const first = issuers.indexOf(issuer)
    const message = `access.tokens[${first}] has the same issuer, and only that one would count; write one of them`
    return first === at ? [] : [{ path: ['access', 'tokens', at, 'issuer'], message }]
  })
}

/** Keys that anybody on the way can exchange, or that are none. */
export const unsafeKeys: Check = ({ topology: { access } }) =>
  (access?.tokens ?? []).flatMap(({ keys }, at) => {
    const path = ['access', 'tokens', at, 'keys']
    if ('set' in keys) {
      const found = publicKeysIn(keys.set)
      // What cannot be read has been told of.
      if (!('fault' in found) || keys.set.startsWith('missing ')) return []
      const message = `the file ${found.fault}; write the path of the public keys of the authorization server`
      return [{ path, message }]
    }
    const { protocol, hostname } = new URL(keys.url)
    const message =
      'keys that come over http can be exchanged on the way, so that anybody could write tokens; write https'
    return protocol === 'https:' || isLoopback(hostname) ? [] : [{ path, message }]
  })
