// Files from outside: folders that are looked into, and the shelf on which what was found is worked on.

export { folderSource } from './folder.ts'
export { shelfIn } from './shelf.ts'
