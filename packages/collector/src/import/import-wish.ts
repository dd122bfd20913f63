import { IMPORT_FORMATS } from './detect-format.ts'
import type { ImportFormat } from './detect-format.ts'

/** What `sojourn import` was asked to do. */
export interface ImportWish {
  readonly path: string
  /** Name or id of the source that the events are stored under; needed where the file does not name sources. */
  readonly source?: string
  /** Type of that source where it is made. */
  readonly sourceType: string
  /** Scheme and host of the site, for logs, which hold only paths. */
  readonly origin?: string
  /** Default: told by the first lines. */
  readonly format?: ImportFormat
}

export const IMPORT_USAGE =
  'sojourn import FILE [--source NAME] [--type TYPE] [--origin URL] [--format FORMAT]'
const FLAGS = ['source', 'type', 'origin', 'format'] as const
type Flag = (typeof FLAGS)[number]

/** The wish in the arguments behind `import`, or how to mend them; what is left of them are flags of the settings. */
export function parseImportWish(args: readonly string[]): {
  readonly wish: ImportWish | { readonly mend: string }
  readonly rest: readonly string[]
} {
  const [path, ...flags] = args
  if (path === undefined || path.startsWith('-')) return { wish: { mend: `Try: ${IMPORT_USAGE}.` }, rest: [] }
  const given = new Map<Flag, string>()
  const rest: string[] = []
  for (let i = 0; i < flags.length; i++) {
    const [name, ...value] = flags[i]!.split('=')
    const flag = FLAGS.find((known) => name === `--${known}`)
    if (flag === undefined) rest.push(flags[i]!)
    else given.set(flag, value.length > 0 ? value.join('=') : (flags[++i] ?? ''))
  }
  const mend = problemWith(given)
  if (mend !== undefined) return { wish: { mend }, rest }
  const [source, origin] = [given.get('source'), given.get('origin')]
  const format = IMPORT_FORMATS.find((known) => known === given.get('format'))
  return {
    wish: {
      path,
      sourceType: given.get('type') ?? 'marketing',
      ...(source !== undefined && { source }),
      ...(origin !== undefined && { origin: new URL(origin).origin }),
      ...(format !== undefined && { format }),
    },
    rest,
  }
}

function problemWith(given: ReadonlyMap<Flag, string>): string | undefined {
  for (const [flag, value] of given) if (value === '') return `--${flag} needs a value. Try: ${IMPORT_USAGE}.`
  const [origin, format] = [given.get('origin'), given.get('format')]
  if (origin !== undefined && !/^https?:\/\/./.test(URL.canParse(origin) ? new URL(origin).origin : ''))
    return '--origin must be the address of the site, such as https://shop.example.'
  if (format !== undefined && !IMPORT_FORMATS.some((known) => known === format))
    return `--format must be one of ${IMPORT_FORMATS.join(', ')}.`
  return undefined
}
