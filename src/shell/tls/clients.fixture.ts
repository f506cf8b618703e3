// For tests only: clients with certificates (T22): those that are refused, with what is said to them, and those that are taken.

import { certified } from './certificates.fixture.ts'
import type { Certified } from './certificates.fixture.ts'

/** Whose clients are believed. */
export const CA = certified({ name: 'ca', isAuthority: true })
/** Another authority of the same name. */
export const OTHER_CA = certified({ name: 'ca', isAuthority: true })
/** The gateway. */
export const SERVER = certified({
  name: 'gateway',
  by: CA,
  names: ['DNS:localhost', 'IP:127.0.0.1'],
})
/** A client with a name in capitals. */
export const DMS = certified({ by: CA, names: ['DNS:DMS.dso.example'] })
/** A client whose certificate is known. */
export const PINNED = certified({ by: CA, names: ['DNS:acme.example'] })
const MIDDLE = certified({ name: 'middle', by: CA, isAuthority: true })
const FAR = certified({ by: MIDDLE, names: ['URI:urn:dso:wms'] })
const CHAINED = { ...FAR, certificate: FAR.certificate + MIDDLE.certificate }

/** A client with these names. */
export const by = (it: Certified, ...names: readonly string[]) => certified({ by: it, names })
/** Of the party dms. */
export const NAME = 'DNS:dms.dso.example'
/** What is said to a right certificate that nobody is known by. */
export const NO_PARTY = /^401 .*7\.4.*those of no party/s
/** What is said to one that no authority vouches for. */
export const NOT_TAKEN = /^401 .*7\.4.*The certificate is not taken \([A-Z_]+\); show one/s

/** [what, certificate, what is said] */
export const REFUSED: readonly (readonly [string, Certified | undefined, RegExp])[] = [
  ['no certificate', undefined, /^401 .*7\.2.*has shown no certificate/s],
  ['one of another authority', by(OTHER_CA, NAME), NOT_TAKEN],
  ['one that signs itself', certified({ names: [NAME] }), NOT_TAKEN],
  ['an expired one', certified({ by: CA, names: [NAME], from: -9, until: -1 }), /expired/],
  [
    'one that is not in force yet',
    certified({ by: CA, names: [NAME], from: 1 }),
    /not in force yet/,
  ],
  [
    'one of an authority for servers only',
    certified({ by: CA, names: [NAME], use: 'server' }),
    NOT_TAKEN,
  ],
  ['one that a client has signed', by(DMS, NAME), NOT_TAKEN],
  ['one without the certificates between', FAR, NOT_TAKEN],
  ['one with another name', by(CA, 'DNS:evil.example'), NO_PARTY],
  ['one with a name below', by(CA, 'DNS:x.dms.dso.example'), NO_PARTY],
  ['one with a star', by(CA, 'DNS:*.dso.example'), NO_PARTY],
  ['the name as its common name only', certified({ by: CA, name: 'dms.dso.example' }), NO_PARTY],
  ['the name as a URI', by(CA, 'URI:dms.dso.example'), NO_PARTY],
  ['the name inside a URI', by(CA, `URI:urn:x, ${NAME}`), NO_PARTY],
  ['the name inside a mail address', by(CA, `email:x, ${NAME}`), NO_PARTY],
  ['the name with a zero behind it', by(CA, `${NAME}\0.evil.example`), NO_PARTY],
  ['a name that is pinned to another certificate', by(CA, 'DNS:acme.example'), NO_PARTY],
]

/** [what, certificate, party] */
export const TAKEN: readonly (readonly [string, Certified, string])[] = [
  ['a name of a host, in capitals', DMS, 'dms'],
  ['a URI, by way of another authority', CHAINED, 'wms'],
  ['a mail address', by(CA, 'email:cs@dso.example'), 'cs'],
  ['a name and a fingerprint', PINNED, 'acme'],
  ['one name of several', by(CA, 'DNS:a.example', 'URI:urn:b', NAME), 'dms'],
]
