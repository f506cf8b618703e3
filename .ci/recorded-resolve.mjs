// Gives test files the suite of recorded-uvu.mjs in place of that of uvu.
const RECORDED = new URL('./recorded-uvu.mjs', import.meta.url).href

export function resolve(specifier, context, next) {
  const { parentURL = '' } = context
  const isTest = specifier === 'uvu' && /\.(test|fixture|contract)\.js$/.test(parentURL)
  return isTest ? { url: RECORDED, format: 'module', shortCircuit: true } : next(specifier, context)
}
