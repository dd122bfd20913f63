const VERSIONED = /^(.+)@(\d{1,9})$/

/**
 * The definition and version that a name means which stands where a definition is named, such as `orders@2`; undefined for a plain name.
 * No definition's own name has an `@`.
 */
export function parseVersionedName(
  name: string,
): { readonly name: string; readonly version: number } | undefined {
  const [, plain, version] = VERSIONED.exec(name) ?? []
  return plain === undefined ? undefined : { name: plain, version: Number(version) }
}

/** True for the name of a definition, and of each of its versions. */
export function isVersionOf(name: string, definition: string): boolean {
  return name === definition || parseVersionedName(name)?.name === definition
}
