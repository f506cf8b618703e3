// For each check across a configuration: what is wrong, and what is told of it.

import { ROLE_NAMES } from '../../../flows/role.ts'
import { A, B, HTTP, SENDING } from './cases-of-sending.fixture.ts'
import type { Case } from './cases-of-sending.fixture.ts'
import { FILING } from './cases-of-files.fixture.ts'
import { FLOWING } from './cases-of-flows.fixture.ts'
import { BUSY } from './cases-of-load.fixture.ts'
import { PROVING } from './cases-of-proofs.fixture.ts'
import type { CHECKS } from './index.ts'

/** [text, all that is told] by check; what is wrong stands alone in each. */
export const CASES: Readonly<Record<keyof typeof CHECKS, readonly Case[]>> = {
  aliasCircles: [
    [
      'partyAliases: {x: y, y: x}',
      '1:19: partyAliases.x: it leads back to itself; write a party.',
      '1:25: partyAliases.y: it leads back to itself; write a party.',
    ],
  ],
  aliasTargets: [
    [
      `parties: {${A}}\npartyAliases: {x: aa}`,
      '2:19: partyAliases.x: there is no party aa; did you mean a.',
    ],
    [
      `parties: {tp:acme:cs: {}}\npartyAliases: {x: "tp:{p}:cs"}`,
      '2:19: partyAliases.x: nothing says what {p} is; only {provider} can stand in an alias.',
    ],
    [
      `parties: {tp:acme:cs: {}}\npartyAliases: {x: "tp:{provider}:derms"}`,
      '2:19: partyAliases.x: no party is called so; add one such as tp:acme:derms.',
    ],
  ],
  aliasNames: [
    [
      `parties: {${A}, ${B}}\npartyAliases: {a: b, local: b, cimgate: b}`,
      '2:16: partyAliases.a: a is the name of a party; write another name.',
      '2:22: partyAliases.local: local is cimgate itself in routes; write another name.',
      '2:32: partyAliases.cimgate: cimgate is the Source of cimgate itself; write another name.',
    ],
  ],
  reservedParties: [
    [
      'parties: {local: {}, cimgate: {}}',
      '1:11: parties.local: local is cimgate itself in routes; write another name.',
      '1:22: parties.cimgate: cimgate is the Source of cimgate itself; write another name, here or as source.',
    ],
  ],
  nearlySameParties: [
    [
      'parties: {dms: {}, DMS: {}}',
      '1:20: parties.DMS: it differs from dms in capitals only; write names that nobody takes for each other.',
    ],
  ],
  sameNames: [
    [
      `routes: [{name: x, when: {noun: A}, to: local}, {name: x, to: local}]
awaiting: [{name: y, after: {}, expect: {}, key: A.b, within: 1h}, {name: y, after: {}, expect: {}, key: A.b, within: 1h}]`,
      '1:56: routes[1].name: x is the name of routes[0], too; write another one.',
      '2:75: awaiting[1].name: y is the name of awaiting[0], too; write another one.',
    ],
  ],
  ...FLOWING,
  sharedSources: [
    [
      'parties: {a: {sources: [x, cimgate]}, b: {sources: [a]}, c: {sources: [x]}}',
      '1:25: parties.a.sources[0]: x is a Source of c, too, and nobody could tell them apart; give it to one of them.',
      '1:28: parties.a.sources[1]: cimgate is the Source of this cimgate, too; write another source for one of them.',
      '1:53: parties.b.sources[0]: a is a Source of a, too, and nobody could tell them apart; give it to one of them.',
      '1:72: parties.c.sources[0]: x is a Source of a, too, and nobody could tell them apart; give it to one of them.',
    ],
  ],
  deadTargets: [
    [
      `parties: {dms: {binding: {${HTTP}}}}\nroutes: [{to: [dms, dmz]}]`,
      '2:21: routes[0].to[1]: there is no party dmz; did you mean dms.',
    ],
    ['routes: [{to: dms}]', '1:15: routes[0].to: there is no party dms; there are local.'],
    [
      'parties: {dms: {}}\nroutes: [{to: dms}]',
      '2:15: routes[0].to: dms has no binding, so nothing can be sent to it; give it one.',
    ],
  ],
  foreignReplyAddresses: [
    [
      `addresses: ["https://y.test/r"]\nparties: {a: {binding: {${HTTP}}, replyAddresses: ["https://x.test/r", "https://y.test/r/s", "https://z.test"]}}`,
      '2:123: parties.a.replyAddresses[2]: it is neither where the binding is nor below one of addresses; add it there.',
    ],
  ],
  hiddenRoutes: [
    [
      'routes: [{to: local}, {to: local, name: x}]',
      '1:23: routes[1]: routes[0] before it takes all of its messages; put it first, or leave it out.',
    ],
    [
      `parties: {tp:acme:cs: {auth: [{apiKey: "\${KEY}"}]}}
routes:
  - {when: {noun: [A, B], from: "tp:*"}, to: local}
  - {when: {noun: C, verb: create}, to: local}
  - {when: {noun: C, verb: change}, to: local}
  - {when: {noun: [B, C], verb: [create, change], from: "tp:{p}:cs"}, to: local}
  - {when: {noun: [B, C], from: "tp:{p}:cs"}, to: local}`,
      '6:5: routes[3]: routes[0] and routes[1] and routes[2] before it take all of its messages; put it first, or leave it out.',
    ],
  ],
  localBesideOthers: [
    [
      `parties: {${A}}\nroutes: [{to: [a, local]}]`,
      '2:19: routes[0].to[1]: local keeps the message here, so that the others get nothing; leave out the one or the others.',
    ],
  ],
  openPlaces: [
    [
      `parties: {tp:acme:cs: {binding: {${HTTP}}, auth: [{apiKey: "\${KEY}"}]}}
routes: [{to: "tp:{p}:cs"}, {when: {noun: A, from: ["tp:{p}:cs", "tp:*"]}, to: "tp:{p}:cs"}]`,
      '2:15: routes[0].to: nothing says what {p} is; write {p} in every pattern of from.',
      '2:29: routes[1]: routes[0] before it takes all of its messages; put it first, or leave it out.',
      '2:80: routes[1].to: nothing says what {p} is; write {p} in every pattern of from.',
    ],
    [
      `parties: {tp:acme:cs: {binding: {${HTTP}}}}\nroutes: [{to: "tp:{provider}:cs"}]`,
      '2:15: routes[0].to: nothing says what {provider} is; name an alias here, and write {provider} in partyAliases.',
    ],
  ],
  placesToNobody: [
    [
      `parties: {"tp:acme:derms": {auth: [{apiKey: "\${KEY}"}]}, "tp:acme:cs": {}, "tp:bolt:derms": {auth: [{apiKey: "\${OTHER}"}]}}
routes: [{when: {from: "tp:{p}:derms"}, to: "tp:{p}:cs"}]`,
      '2:45: routes[0].to: what tp:acme:derms sends leads to tp:acme:cs, which has no binding; add it, or narrow from.',
      '2:45: routes[0].to: what tp:bolt:derms sends leads to tp:bolt:cs, which is no party; add it, or narrow from.',
    ],
  ],
  replyRoutes: [
    [
      'routes: [{when: {verb: [get, reply]}, to: local}]',
      '1:30: routes[0].when.verb[1]: a reply goes where its request came from, and takes no route; leave it out.',
    ],
  ],
  shortMemory: [
    [
      'retention: {messages: 8h}\nroutes: [{to: local}]',
      '2:10: routes[0].idempotency: messages are kept for 8h only, so a MessageID is forgotten then; raise retention.messages, or write less.',
    ],
  ],
  starsInTargets: [
    [
      `parties: {${A}}\nroutes: [{to: "*"}]`,
      '2:15: routes[0].to: a star names nobody; name the parties, or write {p} here and in from.',
    ],
  ],
  unknownSenders: [
    [
      `parties: {dms: {auth: [{apiKey: "\${KEY}"}], sources: [old]}}
partyAliases: {front: dms}
routes:
  - {when: {noun: A, from: [dmz, dms, cimgate, old, front]}, to: local}
  - {when: {from: "tp:*"}, to: local}
awaiting: [{name: x, after: {from: wms}, expect: {}, key: A.b, within: 1h}]`,
      '4:29: routes[0].when.from[0]: there is no party dmz; did you mean dms.',
      '4:48: routes[0].when.from[3]: old is a Source of dms; write dms.',
      '4:53: routes[0].when.from[4]: front is an alias, and a sender is known by its own name; write dms.',
      '5:19: routes[1].when.from: no party is called so; add one, or leave it out.',
      '6:36: awaiting[0].after.from: there is no party wms; did you mean dms.',
    ],
  ],
  keyInAuthorization: [
    [
      'access: {apiKeyHeader: authorization}',
      '1:24: access.apiKeyHeader: Authorization carries bearer tokens and passwords; write another header, such as X-API-Key.',
    ],
  ],
  openCredentials: [
    [
      `parties:
  a: {binding: {type: cim-xml, url: "http://x.test", credential: {bearer: "\${KEY}"}}}
  b: {binding: {type: soap, url: "http://b.test", usernameToken: {username: u, password: "\${KEY}"}}}
  c: {binding: {type: cim-xml, url: "http://127.0.0.1:80", credential: {bearer: "\${KEY}"}}}
  d: {binding: {type: cim-xml, url: "http://d.test"}}`,
      '2:37: parties.a.binding.url: the credential goes over http in the open; write https.',
      '3:34: parties.b.binding.url: the credential goes over http in the open; write https.',
    ],
  ],
  sameFolders: [
    [
      `parties:
  a: {binding: {type: file, folder: ./out}}
  b: {binding: {type: file, folder: out/}}
  c: {binding: {type: file, folder: ./out/c}}
  d: {binding: {type: file, folder: ./out2}}
  e: {binding: {type: file, folder: ./..out}}`,
      '3:37: parties.b.binding.folder: it is the folder of a, too, and nobody could tell whose the files are; write another one.',
      '4:37: parties.c.binding.folder: one is inside the folder of a, too, and nobody could tell whose the files are; write another one.',
    ],
  ],
  ...PROVING,
  sameProofs: [
    [
      `parties: {${A}, b: {auth: [{username: u, password: "\${OTHER}"}, {bearer: "\${KEY}"}]}, c: {auth: [{username: u, password: "\${KEY}"}]}}`,
      '1:141: parties.b.auth[1]: a proves itself by the same, and nobody could tell them apart; give each its own.',
      '1:174: parties.c.auth[0]: b proves itself by the same, and nobody could tell them apart; give each its own.',
    ],
    [
      `access: {tokens: [{issuer: x, audience: us, keys: "https://login.test"}]}
parties: {a: {auth: [{token: t}]}, b: {auth: [{token: t, issuer: x}, {token: u}]}}`,
      '2:47: parties.b.auth[0]: a proves itself by the same, and nobody could tell them apart; give each its own.',
    ],
  ],
  silentSenders: [
    [
      `parties: {a: {binding: {${HTTP}}}}\nroutes: [{when: {from: a}, to: local}, {to: a}]`,
      '1:11: parties.a: routes[0] waits for its messages, and without auth it cannot prove who it is; write auth, or leave out the route.',
    ],
  ],
  unfitTargets: [
    [
      `parties: {a: {binding: {${HTTP}}, profile: {nouns: [A], verbs: [create]}}}\nroutes: [{when: {noun: [A, B], verb: delete}, to: a}]`,
      '2:28: routes[0].when.noun[1]: a takes no B by its profile, so such messages are parked; add it there, or leave it out here.',
      '2:38: routes[0].when.verb: a takes no delete by its profile, so such messages are parked; add it there, or leave it out here.',
    ],
  ],
  unknownDialects: [
    [
      'parties: {a: {binding: {type: json, url: "https://x.test", dialect: exampel}}}',
      '1:69: parties.a.binding.dialect: there is no dialect exampel; there are cim-json, example, oracle-cpm, oracle-derms.',
    ],
  ],
  unknownPaths: [
    [
      'parties: {a: {binding: {type: json, url: "https://x.test", dialect: oracle-derms, paths: {/enrol: /x}}}}',
      '1:99: parties.a.binding.paths./enrol: the dialect oracle-derms sends nothing to /enrol; did you mean /enroll.',
    ],
  ],
  unknownOnlookers: [
    [
      `parties: {dmz: {}}
visibility:
  - {party: dms, deny: [A.b], owner: third-party}
  - {party: "dso-*", deny: [A.b], owner: dmx}
  - {party: dmz, deny: [A.b], owner: "dm*"}`,
      '3:13: visibility[0].party: there is no party dms; did you mean dmz.',
      '4:13: visibility[1].party: no party is called so; add one, or leave it out.',
      '4:42: visibility[1].owner: there is no party dmx; did you mean dmz.',
    ],
  ],
  unknownRoles: [
    [
      `parties:
  ${A}
  b: {auth: [{apiKey: "\${OTHER}"}], roles: [wms]}
routes: [{when: {from: [a, b]}, to: local}]`,
      `2:3: parties.a: nobody knows which steps of flows are its part, so it may take all; write roles: one or more of ${ROLE_NAMES.join(', ')}.`,
    ],
  ],
  unusedParties: [
    [
      `parties:
  ${A}
  b: {auth: [{apiKey: "\${OTHER}"}]}
  c: {}
  d: {operator: true}
  e: {topics: [A/*]}
routes: [{when: {from: a}, to: local}]`,
      '3:3: parties.b: no route leads to it or takes what it sends; add one, or leave it out.',
      '4:3: parties.c: no route leads to it or takes what it sends; add one, or leave it out.',
    ],
  ],
  ...SENDING,
  ...BUSY,
  ...FILING,
}
