// By what it is known that a customer has been told of something: one notice for each matter and trigger.

/** The claim of the notice about an object. @param key of the object */
export function noticeClaim(trigger: string, objectType: string, key: string) {
  return { rule: 'NTC-ONCE', key: `${trigger} ${objectType} ${key}` } as const
}
