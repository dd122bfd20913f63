/**
 * The parameters that find those of the sessions that `shared` finds which `found` finds, too. Where both set the same filter, the stricter one
 * holds; what they lack adds up.
 */
export function narrow(
  shared: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const narrowed: Record<string, string | undefined> = { ...shared, ...found }
  for (const [name, value] of Object.entries(found)) {
    const before = shared[name]
    if (before === undefined) continue
    if (value === undefined) {
      if (/^m(in|ax)[A-Z]/.test(name)) narrowed[name] = before
      continue
    }
    if (/^min[A-Z]/.test(name)) narrowed[name] = String(Math.max(Number(before), Number(value)))
    if (/^max[A-Z]/.test(name)) narrowed[name] = String(Math.min(Number(before), Number(value)))
    if (name === 'without') narrowed[name] = [...new Set([...before.split(','), ...value.split(',')])].join()
    if (name === 'firstPages' || name === 'lastPages')
      narrowed[name] = before.length > value.length ? before : value
  }
  return narrowed
}
