// The name of the operation that takes a long list, for its route and for OpenAPI.

import type { LongList } from '../../flows/long-list.ts'

/** `takeReservations` */
export function listOperation({ below: { name } }: LongList): string {
  return `take${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
