import type { Automatic } from './part.ts'

/** Records a page view of the first page, of each later route of a single-page app, and of a page that was restored. */
export const trackRoutes: Automatic = (core) => {
  if (!core._config.autoPage) return
  let last: string

  const view = (): void => {
    last = route()
    core._record('page', {})
  }
  /** Looks when a router has redirected and set the title. */
  const look = (): unknown => setTimeout(() => route() === last || view())

  // After the calls that the page makes as soon as it has a tracker: it may know the user.
  queueMicrotask(view)
  core._listen('pageshow', ({ persisted }: PageTransitionEvent) => {
    if (persisted) view()
  })
  // https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api
  const { navigation } = window as { navigation?: EventTarget }
  core._listen('popstate currententrychange', look, navigation)
  if (!navigation)
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      history[name] = function (...change) {
        original.apply(this, change)
        look()
      }
    }
}

/** What makes two addresses two pages: a fragment only where a router uses it. */
const route = (): string => location.href.replace(/#(?!!?\/).*/, '')
