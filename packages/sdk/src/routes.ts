import type { Part } from './start-tracker.ts'

/** Records a page view of the first page, of each later route of a single-page app, and of a page that was restored. */
export const trackRoutes: Part = ({ config, listen, enter, record, restored }) => {
  if (!config.autoPage) return
  let last: string | undefined

  function view(): void {
    last = route()
    enter((moment) => record('page', '', moment), true)
  }
  /** Looks when a router has redirected and set the title. */
  const look = () => setTimeout(() => route() === last || view())

  // After the calls that the page makes as soon as it has a tracker: it may know the user.
  queueMicrotask(view)
  restored.push(view)
  // https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api
  const { navigation } = window as { navigation?: EventTarget }
  if (navigation) listen(navigation, 'currententrychange', look)
  else {
    listen(window, 'popstate', look)
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      history[name] = function (...change) {
        original.apply(this, change)
        look()
      }
    }
  }
}

/** What makes two addresses two pages: a fragment only where a router uses it. */
function route(): string {
  const { pathname, search, hash } = location
  return pathname + search + (/^#!?\//.test(hash) ? hash : '')
}
