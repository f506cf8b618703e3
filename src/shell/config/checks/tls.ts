// Checks of TLS: the gateway has all that it needs for it, and parties that prove themselves by certificates can.

import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { TlsMaterial } from '../../../gateway/access/tls.ts'
import type { Across, Check } from './check.ts'

/** A part of TLS without the others. */
export const halfTls: Check = ({ written: { tls } }) => {
  const { certificate, key } = tls
  const said = (['key', 'passphrase', 'clientAuthorities'] as const).filter(
    (it) => tls[it] !== undefined,
  )
  if (certificate !== undefined && key === undefined)
    return [{ path: ['tls', 'certificate'], message: 'it is of no use without its key; write key' }]
  if (certificate !== undefined) return []
  return said.map((it) => ({
    path: ['tls', it],
    message: 'TLS needs the certificate of this gateway; write certificate and key',
  }))
}

/** Certificate, key or authorities that no connection can be made with. */
export const unusableTls: Check = ({ tls }) => {
  if (tls === undefined) return []
  const own = faultOf({ cert: tls.certificate, key: tls.key, passphrase: tls.passphrase })
  if (own !== undefined) return [{ path: ['tls', placeOf(tls)], message: `${own}; write PEM` }]
  return tls.clientAuthorities === undefined || readable(tls.clientAuthorities) !== undefined
    ? []
    : [{ path: ['tls', 'clientAuthorities'], message: 'there is no certificate in it; write PEM' }]
}

/** Which of the parts is wrong. */
function placeOf({ certificate, key, passphrase }: TlsMaterial): 'certificate' | 'key' {
  if (readable(certificate) === undefined) return 'certificate'
  return faultOf({ key, passphrase }) === undefined ? 'certificate' : 'key'
}

function faultOf(it: {
  readonly cert?: string
  readonly key: string
  readonly passphrase: string | undefined
}): string | undefined {
  try {
    const { passphrase, ...rest } = it
    createSecureContext(passphrase === undefined ? rest : { ...rest, passphrase })
    return undefined
  } catch (error) {
    return FAULTS.find(([form]) => form.test((error as Error).message))?.[1] ?? 'it cannot be read'
  }
}

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/key values mismatch|key type mismatch/i, 'the certificate is of another key'],
  [/bad decrypt|interrupted or cancelled|bad password/i, 'the passphrase of the key is wrong'],
]

function readable(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined
  }
}

/** A certificate that is shown to a party and cannot be, or authorities that are none. */
export const unusableClientTls: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id, binding }): readonly Across[] => {
    if (binding === undefined || !('url' in binding) || binding.tls === undefined) return []
    const path = ['parties', id, 'binding', 'tls']
    const { certificate, key, passphrase, authorities } = binding.tls
    if (new URL(binding.url).protocol !== 'https:')
      return [{ path, message: 'there is no TLS over http; write https in url, or leave it out' }]
    if ((certificate === undefined) !== (key === undefined))
      return [{ path, message: 'a certificate is shown with its key; write certificate and key' }]
    if (authorities !== undefined && readable(authorities) === undefined)
      return [
        { path: [...path, 'authorities'], message: 'there is no certificate in it; write PEM' },
      ]
    if (certificate === undefined || key === undefined) return []
    const fault = faultOf({ cert: certificate, key, passphrase })
    const place = readable(certificate) === undefined ? 'certificate' : 'key'
    return fault === undefined ? [] : [{ path: [...path, place], message: `${fault}; write PEM` }]
  })

/** A certificate that has run out: no client takes it any more. */
export const expiredTls: Check = ({ tls }) => {
  const until = readable(tls?.certificate ?? '')?.validTo
  if (until === undefined || Date.parse(until) > Date.now()) return []
  const message = `it has expired (${until}), so that no client takes it; renew it`
  return [{ path: ['tls', 'certificate'], severity: 'warning', message }]
}

/** A party that proves itself by a certificate that nobody asks it for, or nobody vouches for, or by nothing in it. */
export const uncheckedCertificates: Check = ({ topology: { parties }, tls, written }) =>
  parties.flatMap(({ id, proofs }) =>
    proofs.flatMap((it, at): readonly Across[] => {
      if (it.kind !== 'certificate') return []
      const path = ['parties', id, 'auth', at, 'certificate']
      const because = [['tls']]
      const names = [it.dns, it.uri, it.email].filter((one) => one !== undefined)
      if (names.length === 0 && it.sha256 === undefined)
        return [{ path, message: 'nothing in it is named; write dns, uri, email or fingerprint' }]
      if (tls === undefined && written.tls.certificate === undefined)
        return [
          {
            path,
            because,
            message: 'certificates are shown over TLS only; write tls.certificate and tls.key',
          },
        ]
      if (names.length > 0 && written.tls.clientAuthorities === undefined)
        return [
          {
            path,
            because,
            message:
              'nobody vouches for its names; write tls.clientAuthorities, or the fingerprint alone',
          },
        ]
      return names.some((one) => one.includes('*'))
        ? [
            {
              path,
              message: 'a star stands for nothing in a name; write it as the certificate has it',
            },
          ]
        : []
    }),
  )
