// What may be wrong with a supply chain, each a pure function that names what it has found.

import { compareVersions, runtimeOf } from './lockfile.fixture.ts'
import type { Locked, Manifest, Supply } from './lockfile.fixture.ts'

/** Everything that is wrong with these packages, a line each; none when all is well. */
export function supplyFaults(
  manifest: Manifest,
  locked: readonly Locked[],
  supply: Supply,
): readonly string[] {
  const runtime = runtimeOf(locked)
  return [
    ...Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(loose),
    ...locked.flatMap(unpinned),
    ...runtime.flatMap(runsAtInstall),
    ...runtime.flatMap((it) => foreignLicence(it, supply)),
    ...locked.flatMap((it) => belowFloor(it, supply)),
    ...runtime.flatMap((it) => refused(it, supply)),
    ...tooMany(runtime, supply),
  ]
}

function loose([name, version]: readonly [string, string]): readonly string[] {
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return []
  return [`package.json: ${name} is ${version}: pin one version`]
}

function unpinned({ path, integrity, resolved }: Locked): readonly string[] {
  return [
    ...(/^sha512-/.test(integrity ?? '') ? [] : [`${path} has no sha512 in the lockfile`]),
    ...(resolved === undefined ? [] : [`${path} names the host that it came from`]),
  ]
}

function runsAtInstall({ path, hasInstallScript }: Locked): readonly string[] {
  return hasInstallScript === true ? [`${path} runs something when it is installed`] : []
}

function foreignLicence({ path, license = 'none' }: Locked, supply: Supply): readonly string[] {
  return supply.licences.includes(license) ? [] : [`${path} has the licence ${license}`]
}

function belowFloor({ path, name, version }: Locked, { floors }: Supply): readonly string[] {
  const row = floors[name]
  if (row === undefined) return []
  const apart = compareVersions(version, row.floor)
  if (row.exact === true && apart !== 0) return [`${path} ${version} is not ${row.floor}`]
  return apart < 0 ? [`${path} ${version} is below ${row.floor}`] : []
}

function refused({ path, name }: Locked, supply: Supply): readonly string[] {
  const why = supply.refused[name]
  return why === undefined ? [] : [`${path}: ${why}`]
}

function tooMany(runtime: readonly Locked[], { mostRuntimePackages }: Supply): readonly string[] {
  // Of the optional ones a machine has those of its own platform.
  const { length } = runtime.filter((it) => it.optional !== true)
  if (length <= mostRuntimePackages) return []
  return [`${length} packages are there at run time, ${mostRuntimePackages} are the most`]
}
