// Cases of what is sent: who answers, where to, and for how long; and what all cases are made of.

/** Parties that everything can be asked of, to which a case adds what is wrong. */
export const HTTP = 'type: cim-xml, url: "https://x.test"'
/** Variables of the environment that the cases name. */
export const KEY = { KEY: 'k', OTHER: 'o' }
/** A party. */
export const A = `a: {binding: {${HTTP}}, auth: [{apiKey: "\${KEY}"}]}`
/** Another one. */
export const B = `b: {binding: {type: cim-xml, url: "https://b.test"}, auth: [{apiKey: "\${OTHER}"}]}`

/** A text, and all that is told of it. */
export type Case = readonly [string, ...string[]]

/** By check of targets.ts, addresses.ts and times.ts. */
export const SENDING = {
  wordlessDialects: [
    [
      'parties: {a: {binding: {type: json, url: "https://x.test", dialect: example}}}\nroutes: [{when: {noun: NoSuchThing}, to: a}]',
      '2:24: routes[0].when.noun: a speaks the dialect example, which has no counterpart of NoSuchThing; send it to another party.',
    ],
    [
      'parties: {a: {binding: {type: json, url: "https://x.test", dialect: example}}}\nroutes: [{when: {noun: DERGroups, verb: [create, closed]}, to: a}]',
      '2:50: routes[0].when.verb[1]: a speaks the dialect example, which has no way to closed DERGroups, so such messages are parked; send them to another party.',
    ],
  ],
  unansweredQueries: [
    [
      `parties: {f: {binding: {type: file, folder: ./out}}, n: {binding: {type: notify}}, ${A}}
partyAliases: {front: f}
routes:
  - {when: {noun: A, verb: [created, get]}, to: [front, a]}
  - {when: {noun: B, verb: get}, to: n}
  - {when: {noun: C, verb: get}, to: [a, n]}
  - {when: {noun: D, verb: create}, to: f}`,
      '4:38: routes[0].when.verb[1]: front, the first in to, only writes a file (binding file), so nobody would answer; leave out get, or put first in to a party that answers.',
      '5:28: routes[1].when.verb: n only writes a line in the log (binding notify), so nobody would answer; leave out get, or put first in to a party that answers.',
    ],
  ],
  unheardAnswers: [
    [
      `parties: {${A}, ${B}, n: {binding: {type: notify}}}
routes:
  - {when: {noun: A, verb: [get, create]}, to: [a, b]}
  - {when: {noun: B, verb: [get, create]}, to: [a, n]}
  - {when: {noun: C, verb: create}, to: [a, b]}`,
      '3:29: routes[0].when.verb[0]: only a, the first in to, is heard, and nobody hears what b would answer; give get a route to one party.',
    ],
  ],
  unheardRequests: [
    [
      `parties: {f: {binding: {type: file, folder: ./out}}, n: {binding: {type: notify}}, ${A}}
routes:
  - {when: {noun: A, verb: delete}, to: n}
  - {when: {noun: B, verb: create}, to: [f, n, a]}
  - {when: {noun: C, verb: [create, change]}, to: f}
  - {when: {noun: D, verb: [created, changed]}, to: n}
  - {when: {noun: E, verb: change}, to: [a, f, n]}
  - {to: n}`,
      '3:41: routes[0].to: the first in to answers, and n only writes a line in the log (binding notify), so that the sender of a request is told OK when nobody has carried it out; put first one that carries it out.',
      '4:42: routes[1].to[0]: the first in to answers, and f only writes a file (binding file), so that the sender of a request is told OK when nobody has carried it out; put a first.',
      '8:10: routes[5].to: the first in to answers, and n only writes a line in the log (binding notify), so that the sender of a request is told OK when nobody has carried it out; put first one that carries it out.',
    ],
  ],
  sameAddresses: [
    [
      `parties:
  a: {binding: {${HTTP}}}
  b: {binding: {type: json, url: "https://X.test:443/"}}
  c: {binding: {type: soap, url: "https://x.test/c"}}`,
      '3:34: parties.b.binding.url: it is the address of a, too; write another one, or where both are one system, leave one out and write its name in sources or partyAliases.',
    ],
  ],
  ownAddresses: [
    [
      `publicUrl: https://us.test/gate/
parties:
  a: {binding: {type: cim-xml, url: "https://us.test/gate/cim"}}
  b: {binding: {type: json, url: "https://us.test:443/gate/"}}
  c: {binding: {type: cim-xml, url: "https://us.test/cim"}}
  d: {binding: {type: cim-xml, url: "https://us.test/gateway/cim"}}
  e: {binding: {type: cim-xml, url: "http://us.test/gate/cim"}}
  f: {binding: {type: cim-xml, url: "https://us.test/gate/dms"}}`,
      '3:37: parties.a.binding.url: it is the address of cimgate itself (publicUrl https://us.test/gate/), so that what is sent there comes back in; write that of the party.',
      '4:34: parties.b.binding.url: it is the address of cimgate itself (publicUrl https://us.test/gate/), so that what is sent there comes back in; write that of the party.',
    ],
    [
      `publicUrl: https://us.test
parties: {a: {binding: {type: soap, url: "https://us.test/soap/DERGroups"}}}`,
      '2:42: parties.a.binding.url: it is the address of cimgate itself (publicUrl https://us.test), so that what is sent there comes back in; write that of the party.',
    ],
  ],
  starsInAddresses: [
    [
      `addresses: ["https://*", "https://y.test/*", "https://y.test/in"]
parties: {a: {binding: {type: json, url: "https://x.test/*", healthUrl: "https://*.x.test"}, replyAddresses: ["https://x.test/r*"]}}`,
      '1:13: addresses[0]: a star stands for nothing in an address; write each one out (what stands below an address is allowed with it).',
      '1:26: addresses[1]: a star stands for nothing in an address; write each one out (what stands below an address is allowed with it).',
      '2:73: parties.a.binding.healthUrl: a star stands for nothing in an address; write each one out (what stands below an address is allowed with it).',
      '2:111: parties.a.replyAddresses[0]: a star stands for nothing in an address; write each one out (what stands below an address is allowed with it).',
    ],
  ],
  shortTimeouts: [
    [
      `parties: {a: {binding: {${HTTP}, timeout: 99ms}}}
routes: [{when: {noun: A}, to: a, timeout: 99ms}, {to: a, timeout: 100ms}]`,
      '1:72: parties.a.binding.timeout: hardly anybody answers in less than 100ms, so that most messages would fail; write seconds, such as 30s.',
      '2:44: routes[0].timeout: hardly anybody answers in less than 100ms, so that most messages would fail; write seconds, such as 30s.',
    ],
  ],
  earlyGiveUps: [
    [
      `parties: {a: {binding: {${HTTP}, timeout: 1m}}, n: {binding: {type: notify}}}
partyAliases: {front: a}
routes: [{when: {noun: A}, to: front}, {when: {noun: B}, to: a, timeout: 59s}, {when: {noun: C}, to: a, timeout: 60s}, {when: {verb: created}, to: [n, a]}]`,
      '3:10: routes[0].timeout: a may take 1m to answer (binding.timeout), and its sender is told after 30s that no reply came; write at least 1m, or less there.',
      '3:74: routes[1].timeout: a may take 1m to answer (binding.timeout), and its sender is told after 59s that no reply came; write at least 1m, or less there.',
    ],
  ],
  earlyExpiries: [
    [
      'routes: [{when: {noun: A}, to: local, expires: 4s}, {when: {noun: B}, to: local, expires: 5s}, {when: {noun: C}, to: local, expires: 1s, retry: [1s]}, {to: local, expires: 1s, retry: []}]',
      '1:48: routes[0].expires: the first retry comes up to 5s after the first try, when the message may have expired; write at least 5s, or a shorter first wait in retry.',
    ],
  ],
  shortRetention: [
    [
      'retention: {messages: 1ms}',
      '1:23: retention.messages: a message that is sent again after 1ms would be carried out again, and nobody could look it up; write at least 1h, better 90d.',
    ],
    [
      'retention: {audit: 1d}',
      '1:20: retention.audit: messages are kept for 90d, so that of some nobody could tell any more who saw or sent them again; write at least 90d.',
    ],
    [
      `retention: {messages: 1h}
routes: [{to: local, timeout: 61m, idempotency: 1h}]
awaiting: [{name: y, after: {}, expect: {}, key: A.b, within: 2h}, {name: z, after: {}, expect: {}, key: A.b, within: 1h}]`,
      '2:31: routes[0].timeout: messages are kept for 1h only, so a reply that comes later answers nothing; raise retention.messages, or write less.',
      '3:63: awaiting[0].within: messages are kept for 1h only, so nobody could look up what an alarm is about; raise retention.messages, or write less.',
    ],
  ],
  uncomparable: [
    [
      `parties: {a: {binding: {type: file, folder: x}}}
reconciliations: [{name: x, noun: DERGroups, target: a, ask: [source], source: a}]`,
      '2:62: reconciliations[0].ask: it is not kept who has acknowledged objects of DERGroups; write [target], so that it is asked.',
    ],
    [
      `parties: {a: {binding: {type: file, folder: x}}}
reconciliations: [{name: x, noun: DERGroups, target: a, ask: [target]}, {name: y, noun: CustomerConfig, target: a}]`,
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
