// A connection while one statement or one transaction has it: when it is lost, what may be there and what cannot. Knows no
// driver.

import { StoreError } from '../fault.ts'
import type { PostgresQueryResult } from '../kysely.ts'
import { faultIn, isLost } from './faults.ts'

/** How a transaction begins and ends. */
export interface Texts {
  readonly node: string
  readonly begin: string
  /** @param mark by which it is known again */
  readonly commit: (mark: string) => string
}

/** A connection of the driver. */
export interface Client {
  query(statement: string | Statement): Promise<unknown>
  /** @param isBroken true = it is not to be used again */
  release(isBroken: boolean): void
}

interface Statement {
  readonly text: string
  readonly name?: string
  readonly values: readonly unknown[]
}

interface Answered<R> {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: R[]
}

/** A COMMIT was sent and not answered: whether its mark is there tells what has become of it. */
export class Unanswered extends StoreError {
  readonly mark: string
  constructor(mark: string, cause: unknown) {
    super('store-lost', 'The connection was lost during COMMIT.', { cause })
    this.mark = mark
  }
}

let marks = 0

/** A connection that is lent for one statement or one transaction: as much of it as kysely asks for. */
export class Lent {
  readonly #client: Client
  readonly #texts: Texts
  /** of the transaction that is open */
  #mark: string | undefined
  #isBroken = false

  constructor(client: Client, texts: Texts) {
    this.#client = client
    this.#texts = texts
  }

  /** Statements as kysely says them. */
  async query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (text === 'begin') return this.#begin()
    if (text === 'commit') return this.#commit()
    if (text === 'rollback') return this.#rollback()
    const { command, rowCount, rows } = await this.#send<Answered<R>>(() =>
      this.#client.query({ ...named(text), values: values.map(sayable) }),
    )
    return { command: command as 'SELECT', rowCount: rowCount ?? 0, rows }
  }

  release(): void {
    this.#client.release(this.#isBroken || this.#mark !== undefined)
  }

  async #begin<R>(): Promise<PostgresQueryResult<R>> {
    this.#mark = `${this.#texts.node} ${(marks += 1)}`
    await this.#send(() => this.#client.query(this.#texts.begin))
    return DONE
  }

  async #commit<R>(): Promise<PostgresQueryResult<R>> {
    const mark = this.#mark ?? ''
    const said = (await this.#client.query(this.#texts.commit(mark)).catch((error: unknown) => {
      this.#isBroken = true
      throw isLost(error) ? new Unanswered(mark, error) : faultIn(error)
    })) as unknown as readonly { readonly command: string }[]
    this.#mark = undefined
    if (said.at(-1)?.command !== 'COMMIT')
      throw new StoreError('store-busy', 'The server has undone the transaction.')
    return DONE
  }

  async #rollback<R>(): Promise<PostgresQueryResult<R>> {
    if (this.#isBroken) return DONE
    await this.#send(() => this.#client.query('rollback'))
    this.#mark = undefined
    return DONE
  }

  async #send<T>(query: () => Promise<unknown>): Promise<T> {
    try {
      return (await query()) as T
    } catch (error) {
      if (!isLost(error)) throw faultIn(error)
      this.#isBroken = true
      const how = `The connection was lost: ${(error as Error).message}.`
      // What was not committed is not there; a statement of its own commits by itself.
      const code = this.#mark === undefined ? 'store-lost' : 'store-unavailable'
      throw new StoreError(code, how, { cause: error })
    }
  }
}

/** No text here has NUL, and the server takes none: what is looked for with one is not there, as with this one. */
function sayable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFE') : value
}

const DONE = { command: 'SELECT', rowCount: 0, rows: [] } satisfies PostgresQueryResult<never>

// Planning costs more than a small statement does. Longer ones have more rows than any that is met twice.
const NAMED_LENGTH = 20_000
const NAMED_COUNT = 200
const names = new Map<string, string>()

/** A statement that the server keeps for the connection, where that is worth it. */
function named(text: string): { readonly text: string; readonly name?: string } {
  const known = names.get(text)
  if (known !== undefined) return { text, name: known }
  if (text.length > NAMED_LENGTH || names.size >= NAMED_COUNT) return { text }
  const name = `cimgate-${names.size}`
  names.set(text, name)
  return { text, name }
}
