// The comparator: libxml2-wasm as its documentation says, parse and validate, and no more. The only file of the
// bench that knows it. It stands in for C libxml2, which cannot be called from here.

import {
  XmlBufferInputProvider,
  XmlDocument,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { ENVELOPE, PAYLOAD } from './schema.ts'
import type { Size } from './messages.ts'

/** How many times C libxml2's time libxml2-wasm takes, by size; measured with 2.9.14 on the same machine. */
export const STAND_IN: Readonly<Record<Size, number>> = {
  '2 kB': 1.48,
  '20 kB': 1.48,
  '200 kB': 1,
  '5 MB': 1,
}

/** A function that parses and validates, and throws for whatever is not valid. */
export function openLibxml2(): (bytes: Uint8Array) => void {
  const encode = (text: string) => new TextEncoder().encode(text)
  xmlRegisterInputProvider(new XmlBufferInputProvider({ [PAYLOAD.name]: encode(PAYLOAD.text) }))
  const schema = XmlDocument.fromBuffer(encode(ENVELOPE.text), { url: ENVELOPE.name })
  const validator = XsdValidator.fromDoc(schema)
  schema.dispose()
  return (bytes) => {
    const document = XmlDocument.fromBuffer(bytes)
    try {
      validator.validate(document)
    } finally {
      document.dispose()
    }
  }
}
