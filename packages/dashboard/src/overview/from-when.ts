/** The parameters that find the sessions that an answer tells of, where it tells of the latest alone; none where it tells of all. */
export function fromWhen({
  examinedFrom,
}: {
  readonly examinedFrom?: string
}): Readonly<Record<string, string | undefined>> {
  return examinedFrom === undefined ? {} : { range: undefined, from: examinedFrom }
}
