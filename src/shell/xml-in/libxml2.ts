// libxml2-wasm, loaded when somebody first asks for it: that takes 30 ms, and not every command needs it. The only file
// that imports the library.

// The functions of libxml2 themselves: the classes around them keep a register of every document, and are
// as many modules again to load. They also hide the memory and the addresses of nodes, which are read in engine.ts.
export type Library = typeof import('libxml2-wasm/lib/libxml2.mjs') & {
  /** makes a function that the engine can call; missing in the library's types */
  readonly addFunction: (run: Callbacks['collect'], signature: string) => number
}

/** What the engine asks of those who use it. */
export interface Callbacks {
  /** the text to be read in place of a file; undefined where there is none to be had */
  readonly textAt: (location: string) => Uint8Array | undefined
  /** called for each complaint, with the address of libxml2's struct of it */
  readonly collect: (slot: number, error: number) => void
}

/** libxml2 as it has been loaded. */
export interface Loaded {
  readonly library: Library
  /** address of `collect`, by which the engine knows it */
  readonly collector: number
}

/** Loads it. */
export async function loadLibrary({ textAt, collect }: Callbacks): Promise<Loaded> {
  const [functions, { openBuffer, readBuffer, closeBuffer }] = await Promise.all([
    import('libxml2-wasm/lib/libxml2.mjs'),
    import('libxml2-wasm/lib/utils.mjs'),
  ])
  const library = functions as Library
  library.xmlRegisterInputProvider({
    match: (location) => textAt(location) !== undefined,
    open: (location) => openBuffer(textAt(location) ?? new Uint8Array()),
    read: readBuffer,
    close: (handle) => {
      closeBuffer(handle)
      return true
    },
  })
  // The library's own collector asks for the path of every node, which counts its siblings each time: quadratic.
  return { library, collector: library.addFunction(collect, 'vii') }
}
