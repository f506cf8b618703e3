// The same for files and mails.

import { A } from './cases-of-sending.fixture.ts'
import type { Case } from './cases-of-sending.fixture.ts'

/** As `CASES`. */
export const FILING = {
  unknownFileKinds: [
    [
      'files: {device-score: {folder: ./in, from: cpm}}',
      '1:9: files.device-score: device-score is no kind of file; did you mean device-scores; add kind, one of device-scores, event-outcomes, network-locations.',
    ],
  ],
  strangeGivers: [
    [
      `parties: {${A}}
files: {device-scores: {folder: ./in, from: cpm}}`,
      '2:45: files.device-scores.from: there is no party cpm; there are a; its records are told in the name of a party.',
    ],
  ],
  sharedFolders: [
    [
      'files: {device-scores: {folder: ./in, from: cpm}, more: {kind: event-outcomes, folder: ./in, from: cpm, names: "O*"}}',
      '1:88: files.more.folder: files.device-scores takes the files of this folder already; give each kind of file a folder, or names of its own.',
    ],
  ],
  unsentMails: [
    ['mail: {host: smtp.test}', '1:14: mail.host: mails have no sender; add mail.from.'],
    [
      'mail: {host: smtp.test, from: a@b.test, username: u}',
      '1:51: mail.username: username and password belong together; write both or none.',
    ],
    [
      'mail: {host: smtp.test, from: a@b.test, security: none, username: u, password: "${KEY}"}',
      '1:80: mail.password: the password would go in the open; write security: tls or starttls, or leave it out.',
    ],
    [
      'parties: {n: {binding: {type: notify, business: [a@b.test]}}}',
      '1:24: parties.n.binding: it is to be told by mail, and there is no server for that; add mail.host and mail.from.',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
