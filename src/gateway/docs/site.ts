// The documentation as answers: which page, schema or style sheet a path leads to.

import { contentSchema } from '../../schema/json-schema/json-schema.ts'
import { writeJson } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { acceptsJson } from '../accept.ts'
import { contentsOf } from '../content.ts'
import { usable } from '../usable.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { resourceNouns } from '../nouns.ts'
import { problemOfRow } from '../problem.ts'
import type { OpenApi } from '../openapi/document.ts'
import type { Describe } from '../ports.ts'
import type { Route, DocumentRequest } from '../route.ts'
import { criteriaPage } from './criteria-page.ts'
import { flowOf, flowPage } from './flow-page.ts'
import { GUIDES } from './guide-pages.ts'
import { homePage } from './home-page.ts'
import { indexPage } from './index-page.ts'
import { missingPage } from './missing-page.ts'
import { documentedNoun } from './noun.ts'
import type { DocumentedNoun, Wanted } from './noun.ts'
import { nounPage, nounPath } from './noun-page.ts'
import { pageText, POLICY } from './page.ts'
import type { Page } from './page.ts'
import { STYLE } from './style.ts'
import { unusablePage } from './unusable-page.ts'

/** What the site is made from. */
export interface SiteParts {
  readonly schemas: SchemaSet
  readonly routes: readonly Route[]
  readonly api: OpenApi
  readonly describe: Describe
}

/** Every page there is. */
export interface Site {
  readonly home: () => FacadeAnswer
  readonly index: () => FacadeAnswer
  /** `<Noun>`, `<Noun>.xsd` or `<Noun>.schema.json` */
  readonly noun: (name: string, request: DocumentRequest) => Promise<FacadeAnswer>
  readonly flow: (id: string) => Promise<FacadeAnswer>
  readonly guide: (name: string) => Promise<FacadeAnswer>
}

/** Pages are made when they are asked for, but for what never changes. */
export function siteOf({ schemas, routes, api, describe }: SiteParts): Site {
  function begin(noun: string, { namespace, verb }: Wanted = {}): void {
    const file = schemas.catalogue.select(namespace, noun, verb)?.file
    if (file !== undefined) describe.begin(file)
  }

  function wantedNoun(name: string, request: DocumentRequest): DocumentedNoun | undefined {
    begin(name, wantedIn(request))
    return documentedNoun(schemas, name, wantedIn(request))
  }

  function nounAnswer(it: DocumentedNoun, request: DocumentRequest): FacadeAnswer {
    const address = addressIn(request)
    const [paths, wanted] = [api.pathsOf(it.noun), wantedIn(request)]
    const page = usable(() => nounPage(it, { schemas, paths, address, wanted }))
    return 'unusable' in page ? unusable(it.noun, page.unusable, request) : pageAnswer(page.made)
  }

  /** A page for people; a program, which says that it takes JSON and no HTML, gets what it gets everywhere. */
  function unusable(noun: string, reason: string, { headers }: DocumentRequest): FacadeAnswer {
    const { accept = '' } = headers
    if (!acceptsJson(accept) || /\b(?:text\/html|xhtml)|\*\/\*|^\s*$/i.test(accept))
      return pageAnswer(unusablePage(noun, reason, schemas), 500)
    const rendered = problemOfRow('unusable-schema', reason, { instance: nounPath(noun) })
    return { rendered, headers: {} }
  }

  async function xsd({ entry }: DocumentedNoun): Promise<FacadeAnswer | undefined> {
    const text = await describe.source(entry.file)
    return text === undefined ? undefined : answer('application/xml; charset=utf-8', text)
  }

  function jsonSchema({ declared }: DocumentedNoun): FacadeAnswer {
    return answer('application/schema+json', `${writeJson(contentSchema(declared), 2)}\n`)
  }

  async function noun(name: string, request: DocumentRequest): Promise<FacadeAnswer> {
    const page = usable(() => wantedNoun(name, request))
    if ('unusable' in page) return unusable(name, page.unusable, request)
    if (page.made !== undefined) return nounAnswer(page.made, request)
    for (const [end, make] of [
      ['.xsd', xsd],
      ['.schema.json', async (it: DocumentedNoun) => jsonSchema(it)],
    ] as const) {
      const found = name.endsWith(end) ? wantedNoun(name.slice(0, -end.length), request) : undefined
      const made = found === undefined ? undefined : await make(found)
      if (made !== undefined) return made
    }
    return missing('noun', name)
  }

  async function flow(id: string): Promise<FacadeAnswer> {
    const found = flowOf(id)
    if (found === undefined) return missing('flow', id)
    return pageAnswer(flowPage(found, await describe.samples(id)))
  }

  function missing(what: 'noun' | 'flow' | 'page', name: string): FacadeAnswer {
    const asked = what === 'noun' ? name.replace(/\.(xsd|schema\.json)$/, '') : name
    return pageAnswer(missingPage(what, asked, schemas), 404)
  }

  /** A noun that has every operation: what has no mRID cannot be changed. */
  function typical(): string {
    const [contentOf, nouns] = [contentsOf(schemas), resourceNouns(schemas)]
    const isTypical = (noun: string) => {
      const content = usable(() => {
        begin(noun)
        return contentOf(noun)
      })
      return 'made' in content && content.made?.hasId === true
    }
    return nouns.find(isTypical) ?? nouns[0] ?? ''
  }

  return {
    home: () => pageAnswer(homePage(routes, schemas, typical())),
    index: () => pageAnswer(indexPage(schemas, begin)),
    noun,
    flow,
    async guide(name) {
      if (name === 'style.css') return answer('text/css; charset=utf-8', STYLE)
      if (name === 'criteria') return pageAnswer(criteriaPage(await describe.acceptance()))
      const page = Object.hasOwn(GUIDES, name) ? GUIDES[name] : undefined
      if (page === undefined) return missing('page', name)
      return pageAnswer(
        page({ schemas, paths: api.fixed(), resourcePaths: api.pathsOf(typical()) }),
      )
    },
  }
}

function wantedIn({ query }: DocumentRequest): Wanted {
  const { verb, namespace } = query
  return {
    ...(verb === undefined ? {} : { verb }),
    ...(namespace === undefined ? {} : { namespace }),
  }
}

/** As the reader's own requests name this server; anything odd is not repeated. */
function addressIn({ headers }: DocumentRequest): string {
  const host = headers['host'] ?? ''
  return /^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? `http://${host}` : 'http://127.0.0.1:8080'
}

function pageAnswer(page: Page, status = 200): FacadeAnswer {
  return answer('text/html; charset=utf-8', pageText(page), status)
}

function answer(contentType: string, text: string, status = 200): FacadeAnswer {
  // Also what is no page: a browser runs a script in the annotation of a foreign XSD.
  const headers = { 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'no-referrer' }
  return { rendered: { status, contentType, text }, headers }
}
