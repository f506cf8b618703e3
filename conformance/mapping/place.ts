// A place in the content of a noun by a name that is the same on both sides: each element with its number among those of its name.

/** @param place JSON Pointer, or path of elements, from the root on */
export function neutral(place: string): string {
  const steps = place.split('/').slice(1)
  return steps
    .flatMap((it, at) => {
      const [, name = it, nth] = /^(.*)\[(\d+)\]$/.exec(it) ?? []
      if (nth !== undefined) return [`${name}[${nth}]`]
      if (/^\d+$/.test(it)) return []
      const next = steps[at + 1] ?? ''
      const number = /^\d+$/.test(next) ? Number(next) + 1 : 1
      return at === 0 || it.startsWith('@') ? [it] : [`${it}[${number}]`]
    })
    .join('/')
}
