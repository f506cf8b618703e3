/** So many times as long may an answer take in a large case: no verdict hangs on how fast a machine is. */
export const PATIENCE = 4
