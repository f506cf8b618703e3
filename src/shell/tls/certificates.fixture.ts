// For tests only: certificates (X.509), made when they are asked for, so that none is in the repository and none runs out.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** A certificate with its key, as PEM. */
export interface Certified {
  readonly certificate: string
  readonly key: string
  /** to sign others with */
  readonly signer: Signer
}

interface Signer {
  readonly name: string
  readonly key: KeyObject
}

/** What a certificate says. */
export interface Says {
  readonly name?: string
  /** absent = it signs itself */
  readonly by?: Certified
  /** `DNS:a.example`, `URI:urn:x`, `email:a@b.example`, `IP:127.0.0.1` */
  readonly names?: readonly string[]
  /** it may sign others */
  readonly isAuthority?: boolean
  /** days from now */
  readonly from?: number
  readonly until?: number
  /** what it is for; both by default */
  readonly use?: 'client' | 'server'
}

/** A new certificate. */
export function certified(says: Says = {}): Certified {
  const { name = 'test', by, names = [], isAuthority = false, from = -1, until = 30, use } = says
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signer = { name, key: privateKey }
  const from_ = by?.signer ?? signer
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    nameOf(from_.name),
    sequence(time(from), time(until)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensionsOf({ names, isAuthority, use }))),
  )
  const der = sequence(body, ECDSA_SHA256, bits(sign('sha256', body, from_.key)))
  return {
    certificate: pem(der),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    signer,
  }
}

function extensionsOf({
  names,
  isAuthority,
  use,
}: {
  readonly names: readonly string[]
  readonly isAuthority: boolean
  readonly use: Says['use'] | undefined
}): readonly Buffer[] {
  const basic = sequence(...(isAuthority ? [tagged(0x01, Buffer.from([0xff]))] : []))
  const uses = [
    ...(use === 'server' ? [] : [objectId('2b06010505070302')]),
    ...(use === 'client' ? [] : [objectId('2b06010505070301')]),
  ]
  return [
    extension('551d13', basic),
    ...(isAuthority ? [] : [extension('551d25', sequence(...uses))]),
    ...(names.length === 0 ? [] : [extension('551d11', sequence(...names.map(altName)))]),
  ]
}

function altName(text: string): Buffer {
  const at = text.indexOf(':')
  const [kind, value] = [text.slice(0, at), text.slice(at + 1)]
  if (kind === 'IP') return tagged(0x87, Buffer.from(value.split('.').map(Number)))
  return tagged(kind === 'email' ? 0x81 : kind === 'DNS' ? 0x82 : 0x86, Buffer.from(value))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), tagged(0x04, value))
}

function nameOf(common: string): Buffer {
  return sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(common)))))
}

function time(days: number): Buffer {
  const at = new Date(Date.now() + days * 86_400_000).toISOString()
  return tagged(0x18, Buffer.from(`${at.slice(0, 19).replace(/[-:T]/g, '')}Z`))
}

function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

function integer(octets: Uint8Array): Buffer {
  return tagged(0x02, octets)
}

function bits(octets: Uint8Array): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([0]), octets]))
}

function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}

const ECDSA_SHA256 = sequence(objectId('2a8648ce3d040302'))

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
