// Cases of how parties prove who they are.

import { X509Certificate } from 'node:crypto'
import { certified } from '../../tls/certificates.fixture.ts'
import type { Case } from './cases-of-sending.fixture.ts'

const [OWN, OTHERS, OLD] = [certified(), certified(), certified({ from: -9, until: -1 })]
const EXPIRED_AT = new X509Certificate(OLD.certificate).validTo

/** Variables of the environment that the cases name: certificates and keys. */
export const PEMS = {
  CERT: OWN.certificate,
  CERT_KEY: OWN.key,
  OTHERS_KEY: OTHERS.key,
  OLD: OLD.certificate,
  OLD_KEY: OLD.key,
}

const FROM = 'audience: us, keys: "https://login.test/jwks"'

/** By check of proofs.ts and tls.ts, and of rights. */
export const PROVING = {
  sameIssuers: [
    [
      `access: {tokens: [{issuer: x, ${FROM}}, {issuer: y, ${FROM}}, {issuer: x, ${FROM}}]}`,
      '1:148: access.tokens[2].issuer: access.tokens[0] has the same issuer, and only that one would count; write one of them.',
    ],
  ],
  unknownIssuers: [
    [
      'parties: {a: {auth: [{token: a}]}}',
      '1:30: parties.a.auth[0].token: no authorization server is named whose tokens are taken; write it in access.tokens.',
    ],
    [
      `access: {tokens: [{issuer: "https://x.test", ${FROM}}, {issuer: y, ${FROM}}]}
parties: {a: {auth: [{token: a}, {token: b, issuer: "https://x.text"}, {token: c, issuer: y}]}}`,
      '2:30: parties.a.auth[0].token: each of 2 authorization servers could say so; write issuer beside it.',
      '2:53: parties.a.auth[1].issuer: access.tokens has no issuer https://x.text; did you mean https://x.test.',
    ],
    [`access: {tokens: [{issuer: x, ${FROM}}]}\nparties: {a: {auth: [{token: a}]}}`],
  ],
  unsafeKeys: [
    [
      `access: {tokens: [{issuer: x, audience: us, keys: "http://login.test/jwks"}, {issuer: y, audience: us, keys: "http://127.0.0.1:1/jwks"}, {issuer: z, audience: us, keys: {file: package.json}}]}`,
      '1:51: access.tokens[0].keys: keys that come over http can be exchanged on the way, so that anybody could write tokens; write https.',
      '1:170: access.tokens[2].keys: the file is no JWK Set: it has no list "keys"; write the path of the public keys of the authorization server.',
    ],
    [
      'access: {tokens: [{issuer: z, audience: us, keys: {file: /none}}]}',
      '1:51: access.tokens[0].keys: /none cannot be read: there is no such file; write the path of a file with nothing but a JWK Set.',
    ],
  ],
  openClientSecrets: [
    [
      'parties: {a: {binding: {type: json, url: "https://a.test", credential: {oauth2: {tokenUrl: "http://login.test", clientId: us, clientSecret: "${KEY}"}}}}}',
      '1:92: parties.a.binding.credential.oauth2.tokenUrl: the secret of the client goes over http in the open; write https.',
    ],
  ],
  seeingProviders: [
    [
      `parties:
  tp:acme:cs: {rights: [party, viewer], auth: [{apiKey: "\${KEY}"}]}
  tp:beta:cs: {operator: true, auth: [{apiKey: "\${OTHER}"}]}
  tp:cara:cs: {rights: [party, watch], auth: [{apiKey: "\${CERT}"}]}`,
      '2:24: parties.tp:acme:cs.rights: tp:acme:cs is a provider, and would see the messages and objects of all others; take allParties away from it.',
      '3:26: parties.tp:beta:cs.operator: tp:beta:cs is a provider, and would see the messages and objects of all others; take allParties away from it.',
    ],
  ],
  idleRights: [
    [
      `parties: {a: {rights: [], auth: [{apiKey: "\${KEY}"}]}, b: {rights: [viewer], auth: [{apiKey: "\${OTHER}"}]}, c: {rights: []}}
routes: [{when: {from: b}, to: local}, {to: local}]`,
      '1:23: parties.a.rights: a may do nothing; write what it may, or leave out auth.',
      '1:68: parties.b.rights: routes[0] waits for its messages, and without the right exchange it may send none; add exchange, or leave out the route.',
    ],
  ],
  halfTls: [
    [
      'tls: {certificate: "${KEY}"}',
      '1:20: tls.certificate: it is of no use without its key; write key.',
    ],
    [
      'tls: {key: "${KEY}", clientAuthorities: "${OTHER}"}',
      '1:12: tls.key: TLS needs the certificate of this gateway; write certificate and key.',
      '1:41: tls.clientAuthorities: TLS needs the certificate of this gateway; write certificate and key.',
    ],
  ],
  unusableTls: [
    [
      'tls: {certificate: "${KEY}", key: "${OTHER}"}',
      '1:20: tls.certificate: it cannot be read; write PEM.',
    ],
    [
      'tls: {certificate: "${CERT}", key: "${OTHER}"}',
      '1:36: tls.key: it cannot be read; write PEM.',
    ],
    [
      'tls: {certificate: "${CERT}", key: "${OTHERS_KEY}"}',
      '1:20: tls.certificate: the certificate is of another key; write PEM.',
    ],
    [
      'tls: {certificate: "${CERT}", key: "${CERT_KEY}", clientAuthorities: "${KEY}"}',
      '1:70: tls.clientAuthorities: there is no certificate in it; write PEM.',
    ],
    ['tls: {certificate: "${CERT}", key: "${CERT_KEY}", clientAuthorities: "${CERT}"}'],
  ],
  unusableClientTls: [
    [
      `parties:
  a: {binding: {type: json, url: "http://a.test", tls: {authorities: "\${CERT}"}}}
  b: {binding: {type: json, url: "https://b.test", tls: {certificate: "\${CERT}"}}}
  c: {binding: {type: json, url: "https://c.test", tls: {authorities: "\${KEY}"}}}
  d: {binding: {type: json, url: "https://d.test", tls: {certificate: "\${CERT}", key: "\${OTHERS_KEY}"}}}
  e: {binding: {type: json, url: "https://e.test", tls: {certificate: "\${CERT}", key: "\${CERT_KEY}", authorities: "\${CERT}"}}}`,
      '2:56: parties.a.binding.tls: there is no TLS over http; write https in url, or leave it out.',
      '3:57: parties.b.binding.tls: a certificate is shown with its key; write certificate and key.',
      '4:71: parties.c.binding.tls.authorities: there is no certificate in it; write PEM.',
      '5:87: parties.d.binding.tls.key: the certificate is of another key; write PEM.',
    ],
  ],
  expiredTls: [
    [
      'tls: {certificate: "${OLD}", key: "${OLD_KEY}"}',
      `1:20: tls.certificate: it has expired (${EXPIRED_AT}), so that no client takes it; renew it.`,
    ],
  ],
  uncheckedCertificates: [
    [
      'parties: {a: {auth: [{certificate: {dns: a.test}}]}, b: {auth: [{certificate: {}}]}}',
      '1:36: parties.a.auth[0].certificate: certificates are shown over TLS only; write tls.certificate and tls.key.',
      '1:79: parties.b.auth[0].certificate: nothing in it is named; write dns, uri, email or fingerprint.',
    ],
    [
      `tls: {certificate: "\${CERT}", key: "\${CERT_KEY}"}
parties: {a: {auth: [{certificate: {uri: "urn:a"}}]}, b: {auth: [{certificate: {fingerprint: ${'ab'.repeat(32)}}}]}}`,
      '2:36: parties.a.auth[0].certificate: nobody vouches for its names; write tls.clientAuthorities, or the fingerprint alone.',
    ],
    [
      `tls: {certificate: "\${CERT}", key: "\${CERT_KEY}", clientAuthorities: "\${CERT}"}
parties: {a: {auth: [{certificate: {dns: "*.a.test"}}]}}`,
      '2:36: parties.a.auth[0].certificate: a star stands for nothing in a name; write it as the certificate has it.',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
