// What the store holds of something from its first page to its last: nothing is in memory but one page, and what its reader keeps.

import type { Ledger, LegFacts, LegQuery } from './ledger.ts'
import type { Page, PageQuery, Store, StoredObject } from './ports.ts'

/** Legs that are wanted, newest first. @param query its `limit` is how many are read at once */
export async function* legPages(
  query: LegQuery,
  store: Pick<Ledger, 'legs'>,
): AsyncGenerator<readonly LegFacts[]> {
  const read = (place: Place) => store.legs({ ...query, ...place })
  for await (const { legs } of pages(read, query.after)) yield legs
}

/** Objects of a noun, in the order of their keys. @param query its `limit` is how many are read at once */
export async function* objectPages(
  noun: string,
  query: PageQuery,
  store: Pick<Store, 'page'>,
): AsyncGenerator<readonly StoredObject[]> {
  const read = (place: Place): Promise<Page> => store.page(noun, { ...query, ...place })
  for await (const { objects } of pages(read, query.after)) yield objects
}

type Place = Pick<PageQuery, 'after'>

async function* pages<Part extends Pick<Page, 'next'>>(
  read: (place: Place) => Promise<Part>,
  from: string | undefined,
): AsyncGenerator<Part> {
  for (let after: string | null | undefined = from; after !== null;) {
    const page: Part = await read(after === undefined ? {} : { after })
    yield page
    after = page.next
  }
}
