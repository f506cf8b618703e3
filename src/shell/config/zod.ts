// The library that schemas of the configuration are written in. The only file that imports it, so that they may stand in
// several.

export { z } from 'zod'
