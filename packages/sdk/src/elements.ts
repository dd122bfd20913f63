import { closestElement } from './closest-element.ts'
import type { Part } from './start-tracker.ts'

const EVENT = 'data-sojourn-event'
const PROPERTY = 'data-sojourn-prop-'

/**
 * Records clicks on elements with `data-sojourn-event`, and submits of such forms, also of those added later. `data-sojourn-tags`
 * are its tags, and each `data-sojourn-prop-<name>` a property.
 */
export const trackElements: Part = ({ config, listen, enter, record }) => {
  if (config.autoTrack)
    for (const type of ['click', 'submit'])
      listen(document, type, (event: Event) => {
        const element = closestElement(event, `[${EVENT}]`)
        if (!element || (element.localName === 'form') === (type === 'click')) return
        const properties: Record<string, string> = {}
        for (const { name, value } of element.attributes)
          if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = value
        const tags = element.getAttribute('data-sojourn-tags')?.split(/[\s,]+/)
        const name = element.getAttribute(EVENT)
        enter((moment) => record('track', name, { ...moment, tags, properties }))
      })
}
