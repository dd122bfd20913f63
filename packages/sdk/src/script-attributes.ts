import { attempt } from './attempt.ts'

/**
 * Those of the options with these defaults that are in the `data-` attributes of the script tag: `data-auto-page="false"` is `autoPage: false`. The items of a list are
 * separated by commas or spaces, an object is JSON, an empty attribute is true. What cannot be read stays text, which the check of
 * the options then refuses.
 */
export const attributeOptions = (
  { dataset }: HTMLElement,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const options: Record<string, unknown> = {}
  for (const [name, example] of Object.entries(defaults)) {
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
