import type { Definition } from '../api/definition.ts'

/** What can be compared, as the API names it: every definition, and after it its versions before, the latest first, as `orders@2`. */
export function comparableNames(definitions: readonly Definition[]): readonly string[] {
  return definitions.flatMap(({ name, earlier = [] }) => [
    name,
    ...earlier
      .map(({ version }) => version)
      .sort((a, b) => b - a)
      .map((version) => versionName(name, version)),
  ])
}

/** The name of a version before: `orders@2`. */
export function versionName(name: string, version: number): string {
  return `${name}@${version}`
}

/** The version right before a definition's present one; undefined where none is kept. */
export function versionBefore({ version, earlier = [] }: Definition): number | undefined {
  const before = earlier.map((each) => each.version).filter((each) => each < version)
  return before.length === 0 ? undefined : Math.max(...before)
}
