// What `cimgate send` needs of the other units of the shell.

import { secretAt } from '../shell/config/secrets.ts'
import { post } from '../shell/peer/http.ts'
import type { SendTools } from '../shell/terminal/send.ts'
import type { Tools } from '../shell/terminal/terminal.ts'
import { loadEngine } from '../shell/xml-in/index.ts'
import { readXml } from '../shell/xml-in/read-xml.ts'

/** Besides those of every command. */
export const SEND_TOOLS: Omit<SendTools, keyof Tools> = {
  // What comes back may be no plain document; the engine is there by then.
  post: async (...message) => (await Promise.all([post(...message), loadEngine()]))[0],
  readXml,
  secretAt: (place) => secretAt(place, process.env),
}
