// The bill of materials of what runs, in CycloneDX. `npm sbom` writes that of all that is installed; its own `--omit=dev`
// leaves out what a development dependency needs too (npm 11.19: pg, yaml, debug), so what runs is followed here from
// the dependencies of package.json.

/** A CycloneDX document, as far as it is read. */
export interface Sbom {
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

/**
 * The same bill without what is there for development alone.
 * @param direct names of the dependencies of package.json
 */
export function runtimeSbom<T extends Sbom>(all: T, root: string, direct: readonly string[]): T {
  const needs = new Map(all.dependencies.map((it) => [it.ref, it.dependsOn]))
  const named = new Map(all.components.map((it) => [it['bom-ref'], it.name]))
  const first = (needs.get(root) ?? []).filter((it) => direct.includes(named.get(it) ?? ''))
  const kept = new Set(first)
  for (const ref of kept) for (const next of needs.get(ref) ?? []) kept.add(next)
  return {
    ...all,
    components: all.components.filter((it) => kept.has(it['bom-ref'])),
    dependencies: [
      { ref: root, dependsOn: first },
      ...all.dependencies.filter((it) => kept.has(it.ref)),
    ],
  }
}
