// Which texts of a message are about a person, by the names of the elements that they stand in: names, addresses, telephones,
// mails, ids of customers and accounts, where somebody lives, what somebody has written.

/** Elements whose own text is. */
const LEAVES =
  /^(firstName|lastName|mName|middleName|surname|authorName|user(ID|Name)|password|e?mail\d*|electronicAddress|phone\d*|fax\d*|contactValue|(x|y|z)Position|postalCode|serialNumber|remark|serviceDeliveryRemark|comment|(account|customer|person)(Number|I[Dd])|ssn|licen[cs]eNumber|amrAddress)$/i

/** Elements in which every text is. */
const CONTAINERS =
  /^(streetAddress|mainAddress|secondaryAddress|postalAddress|addressGeneral|streetDetail|townDetail|phone\d*|fax\d*|email\d*|electronicAddress|contactInfo|Person)$/i

/** What a name means there is no person. */
const LABELS = /^(NameType|NameTypeAuthority|Property|Tariff|PricingStructure)$/
/** Whose ids are those of somebody. */
const HOLDERS = /^(Customer|Person|Account)/

/** What a message is told apart by, and never about anybody. */
const KEPT =
  /^(Verb|Noun|Revision|Timestamp|MessageID|CorrelationID|AsyncReplyFlag|AckRequired|Result|code|level|operationId)$/

/** Truth, and instants: another one would be no value of its type, and tells little. */
const PLAIN = /^(true|false|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?)$/

/** @param names of the elements around a text, the innermost last, without prefixes */
export function isPersonal(names: readonly string[], text: string): boolean {
  const [parent = '', own = ''] = [names.at(-2), names.at(-1)]
  if (PLAIN.test(text) || KEPT.test(own)) return false
  // What somebody has written beside the elements may be about anybody.
  if (own === '#comment' || LEAVES.test(own) || names.some((it) => CONTAINERS.test(it))) return true
  if (own === 'name') return !LABELS.test(parent)
  return /^(mRID|ID|id|@ref|@mRID)$/.test(own) && HOLDERS.test(parent)
}

/** Nothing may be put into its place, whatever it says. */
export function isKept(names: readonly string[]): boolean {
  return KEPT.test(names.at(-1) ?? '')
}
