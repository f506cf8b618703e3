// Checks of files and mails: who gives the files is a party, no two entries take the same one, and where somebody is to be told by
// mail there is a server for it.

import { FILE_KINDS } from '../../../flows/file-kinds.ts'
import { meant } from '../meant.ts'
import type { Across, Check } from './check.ts'

/** A folder whose name is no kind of file, and that does not say which kind it has. */
export const unknownFileKinds: Check = ({ written }) => {
  const kinds = FILE_KINDS.map((it) => it.id)
  return Object.entries(written.files).flatMap(([id, { kind }]): readonly Across[] => {
    if (kind !== undefined || kinds.includes(id)) return []
    const message = `${id} is no kind of file${meant(id, kinds)}; add kind, one of ${kinds.join(', ')}`
    return [{ path: ['files', id], ofKey: true, message }]
  })
}

/** Files in the name of nobody. */
export const strangeGivers: Check = ({ written, topology }) => {
  const ids = topology.parties.map((it) => it.id)
  if (ids.length === 0) return []
  return Object.entries(written.files).flatMap(([id, { from }]): readonly Across[] => {
    if (ids.includes(from)) return []
    const message = `there is no party ${from}${meant(from, ids)}; its records are told in the name of a party`
    return [{ path: ['files', id, 'from'], because: [['parties', from]], message }]
  })
}

/** Files that two entries would take. */
export const sharedFolders: Check = ({ written }) => {
  const all = Object.entries(written.files)
  return all.flatMap(([id, it], at): readonly Across[] => {
    const other = all
      .slice(0, at)
      .find(([, one]) => one.folder === it.folder && (one.names === it.names || isAny(one, it)))
    if (other === undefined) return []
    const message = `files.${other[0]} takes the files of this folder already; give each kind of file a folder, or names of its own`
    return [{ path: ['files', id, 'folder'], because: [['files', other[0]]], message }]
  })
}

function isAny(...all: readonly { readonly names: string }[]): boolean {
  return all.some((it) => it.names === '*')
}

/** Mails that nobody sends, or a server that is not known well enough. */
export const unsentMails: Check = ({ written: { mail, parties } }) => [
  ...(mail.host !== undefined && mail.from === undefined
    ? [{ path: ['mail', 'host'], message: 'mails have no sender; add mail.from' }]
    : []),
  ...((mail.username === undefined) === (mail.password === undefined)
    ? []
    : [
        {
          path: ['mail', mail.username === undefined ? 'password' : 'username'],
          message: 'username and password belong together; write both or none',
        },
      ]),
  ...(mail.password !== undefined && mail.security === 'none'
    ? [{ path: ['mail', 'password'], message: OPEN_PASSWORD }]
    : []),
  ...(mail.host === undefined
    ? Object.entries(parties).flatMap(([id, { binding }]): readonly Across[] =>
        binding?.type === 'notify' && binding.technical.length + binding.business.length > 0
          ? [{ path: ['parties', id, 'binding'], because: [['mail']], message: NO_SERVER }]
          : [],
      )
    : []),
]

const OPEN_PASSWORD =
  'the password would go in the open; write security: tls or starttls, or leave it out'
const NO_SERVER =
  'it is to be told by mail, and there is no server for that; add mail.host and mail.from'
