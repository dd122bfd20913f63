import { DEFAULTS } from './options.ts'

/**
 * The options in the `data-` attributes of the script tag: `data-auto-page="false"` is `autoPage: false`. The items of a list are
 * separated by commas or spaces, an object is JSON, an empty attribute is true. What cannot be read stays text, which the check of
 * the options then refuses.
 */
export function attributeOptions(script: HTMLElement): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const [name, example] of Object.entries(DEFAULTS)) {
    const text = script.dataset[name]
    if (text !== undefined) options[name] = read(text, example)
  }
  return options
}

function read(text: string, example: unknown): unknown {
  if (Array.isArray(example)) return text.split(/[\s,]+/)
  try {
    return typeof example === 'string' ? text : JSON.parse(text || 'true')
  } catch {
    return text
  }
}
