// The public surface: what other programs may import from cimgate. Named exports only.

export { LAYERS } from './envelope/finding.ts'
export type { Finding, Layer, Severity, Verdict } from './envelope/finding.ts'
export { REPLY_CODES } from './envelope/reply-codes.ts'
export type { ReplyCode } from './envelope/reply-codes.ts'
export { RULES } from './envelope/rules.ts'
export type { Rule } from './envelope/rule.ts'
export { VERBS } from './envelope/verbs.ts'
export type { Verb } from './envelope/verbs.ts'
export { readJson, sameJson, writeJson } from './schema/json-text.ts'
export type { Json, JsonObject, NumberToken } from './schema/json-text.ts'
export { openCimgate } from './main.ts'
export type { Cimgate, CommonOptions } from './main.ts'
