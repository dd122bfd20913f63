import { closestElement } from './closest-element.ts'
import type { Automatic } from './part.ts'

/**
 * Records clicks on elements with `data-sojourn-event`, and submits of such forms, also of those added later. `data-sojourn-tags`
 * are its tags, and each `data-sojourn-prop-<name>` a property.
 */
export const trackElements: Automatic = (core) => {
  if (core._config.autoTrack)
    core._listen('click submit', (event: Event) => {
      const element = closestElement(event, '[data-sojourn-event]') as HTMLElement | null
      if (!element || (element.localName === 'form') === (event.type === 'click')) return
      const properties: Record<string, string> = {}
      for (const { name, value } of element.attributes)
        if (/^data-sojourn-prop-/.test(name)) properties[name.slice(18)] = value
      core._record(
        'track',
        { tags: element.dataset.sojournTags?.split(/[\s,]+/), properties },
        element.dataset.sojournEvent,
      )
    })
}
