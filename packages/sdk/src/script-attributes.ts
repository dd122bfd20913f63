import { attempt } from './attempt.ts'
import { DEFAULTS } from './options.ts'

/**
 * The options in the `data-` attributes of the script tag: `data-auto-page="false"` is `autoPage: false`. The items of a list are
 * separated by commas or spaces, an object is JSON, an empty attribute is true. What cannot be read stays text, which the check of
 * the options then refuses.
 */
export const attributeOptions = ({ dataset }: HTMLElement): Record<string, unknown> => {
  const options: Record<string, unknown> = {}
  for (const [name, example] of Object.entries(DEFAULTS)) {
    const text = dataset[name]
    if (text !== undefined)
      options[name] = Array.isArray(example)
        ? text.split(/[\s,]+/)
        : typeof example === 'string'
          ? text
          : (attempt(() => JSON.parse(text || 'true')) ?? text)
  }
  return options
}
